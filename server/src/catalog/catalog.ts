import { readFile, stat } from 'node:fs/promises';
import type { Revision } from '../purchase/order.ts';
import type { Revisions } from '../purchase/ports.ts';
import { type Repeated, repeat } from '../repeat.ts';
import { type Problem, readCatalog } from './read.ts';

/** Looked at this often. A save is in force after two looks that find it at rest: editors write in steps. */
const LOOK_MS = 300;

export interface CatalogEvents {
  /** A saved file is in force. */
  onPublished(revision: Revision): void;
  /** A saved file is wrong; what was in force stays. */
  onRefused(problems: Problem[]): void;
  /** The file or the store could not be reached; it is tried again. */
  onFailed(error: unknown): void;
}

export interface Archive {
  keep(revision: Revision): Promise<void>;
  find(id: string): Promise<Revision | undefined>;
}

/** A catalogue file that can't be used. */
export class WrongCatalog extends Error {
  readonly file: string;
  readonly problems: Problem[];
  constructor(file: string, problems: Problem[]) {
    super(
      `The catalogue ${file} is wrong in ${problems.length} ${problems.length === 1 ? 'place' : 'places'}.`,
    );
    this.file = file;
    this.problems = problems;
  }
}

export interface Catalogue extends Revisions {
  /** Swaps what is in force for what is saved, whole or not at all. */
  watch(events: CatalogEvents): Repeated;
}

/**
 * The catalogue in force.
 * @throws {WrongCatalog} when the file is wrong at the start
 */
export async function openCatalog(file: string, archive: Archive): Promise<Catalogue> {
  let settled = await lookAt(file);
  let text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new Error(`The catalogue ${file} can't be read: ${cause.message}. Set CATALOG to the file.`, {
      cause,
    });
  });
  const first = readCatalog(text);
  if (!first.ok) throw new WrongCatalog(file, first.problems);
  let current = first.revision;
  await archive.keep(current);

  let seen = settled;
  async function look(events: CatalogEvents): Promise<void> {
    const now = await lookAt(file);
    const atRest = now === seen;
    seen = now;
    if (!atRest || now === settled || now === AWAY) return;
    const saved = await readFile(file, 'utf8');
    if (saved !== text) await swap(saved, events);
    text = saved;
    settled = now;
  }

  async function swap(saved: string, events: CatalogEvents): Promise<void> {
    const reading = readCatalog(saved);
    if (!reading.ok) return events.onRefused(reading.problems);
    // The one before once more: open orders name it, and a store that was emptied since has forgotten it.
    await archive.keep(current);
    await archive.keep(reading.revision);
    current = reading.revision;
    events.onPublished(current);
  }

  return {
    current: () => current,
    find: async (id) => (id === current.id ? current : archive.find(id)),
    // A look that fails, because the store or the file is away, is the next look's to repeat.
    watch: (events) => repeat(LOOK_MS, () => look(events), events.onFailed),
  };
}

/** The word for a file that is away, as for the moment of a rename. */
const AWAY = 'away';

/** Changes whenever the file is saved. */
async function lookAt(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return AWAY;
  }
}
