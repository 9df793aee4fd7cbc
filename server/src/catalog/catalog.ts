import { readFile, stat } from 'node:fs/promises';
import type { Revision } from '../purchase/order.ts';
import type { Archive, Revisions } from '../purchase/ports.ts';
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

/** A catalogue file that can't be used. */
export class WrongCatalog extends Error {
  readonly file: string;
  readonly problems: Problem[];
  constructor(file: string, problems: Problem[]) {
    const places = problems.length === 1 ? 'place' : 'places';
    super(`The catalogue ${file} is wrong in ${problems.length} ${places}.`);
    this.file = file;
    this.problems = problems;
  }
}

/** The file as it was read, so that the first look knows what has changed since. */
export interface Loaded {
  file: string;
  text: string;
  mark: string;
  revision: Revision;
}

/**
 * Reads the file as it is now.
 * @throws {WrongCatalog} when it is wrong
 */
export async function loadCatalog(file: string): Promise<Loaded> {
  const mark = await markOf(file);
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new Error(`The catalogue ${file} can't be read: ${cause.message}. Set CATALOG to the file.`, {
      cause,
    });
  });
  const reading = readCatalog(text);
  if (!reading.ok) throw new WrongCatalog(file, reading.problems);
  return { file, text, mark, revision: reading.revision };
}

export interface Catalogue extends Revisions {
  /** Swaps what is in force for what is saved, whole or not at all. */
  watch(events: CatalogEvents): Repeated;
}

/** The catalogue in force, and every one before it as long as one of the archives has it. */
export async function openCatalog(loaded: Loaded, archives: Archive[]): Promise<Catalogue> {
  let { text, mark: settled, revision: current } = loaded;
  const keep = (revision: Revision) => Promise.all(archives.map((archive) => archive.keep(revision)));
  await keep(current);

  let seen = settled;
  /** Past ones that were asked for: every payment names its own. */
  const found = new Map<string, Revision>();
  async function look(events: CatalogEvents): Promise<void> {
    const now = await markOf(loaded.file);
    const atRest = now === seen;
    seen = now;
    if (!atRest || now === settled || now === AWAY) return;
    const saved = await readFile(loaded.file, 'utf8');
    if (saved !== text) await swap(saved, events);
    text = saved;
    settled = now;
  }

  async function swap(saved: string, events: CatalogEvents): Promise<void> {
    const reading = readCatalog(saved);
    if (!reading.ok) return events.onRefused(reading.problems);
    // The one before once more: open orders name it, and a store that was emptied since has forgotten it.
    await keep(current);
    await keep(reading.revision);
    current = reading.revision;
    events.onPublished(current);
  }

  async function find(id: string): Promise<Revision | undefined> {
    if (id === current.id) return current;
    const known = found.get(id);
    if (known) return known;
    for (const archive of archives) {
      const revision = await archive.find(id);
      if (!revision) continue;
      found.set(id, revision);
      return revision;
    }
    return undefined;
  }

  return {
    current: () => current,
    find,
    // A look that fails, because the store or the file is away, is the next look's to repeat.
    watch: (events) => repeat(LOOK_MS, () => look(events), events.onFailed),
  };
}

/** The word for a file that is away, as for the moment of a rename. */
const AWAY = 'away';

/** Changes whenever the file is saved. */
async function markOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return AWAY;
  }
}
