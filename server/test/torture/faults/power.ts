import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aptInstall, aptUnpack, hasApt, unpackedLibraries } from '../../../../tools/apt.ts';
import { Failure } from '../../../../tools/failure.mjs';
import { fingerprint, isFresh, stamp } from '../../../../tools/fingerprint.ts';
import { capture } from '../../../../tools/program.ts';
import { CACHE } from '../../../../tools/root.ts';
import { isRoot } from '../../../../tools/system.ts';

const SOURCE = fileURLToPath(new URL('powercut.c', import.meta.url));
const LIBRARY = join(CACHE, 'powercut.so');
const UNPACKED = join(CACHE, 'compiler');

/** The library that notes what was synchronised, compiled when it is not fresh. */
export async function powerCutLibrary(): Promise<string> {
  const stampFile = `${LIBRARY}.stamp`;
  const print = fingerprint([SOURCE]);
  if (existsSync(LIBRARY) && isFresh(stampFile, print)) return LIBRARY;
  mkdirSync(CACHE, { recursive: true });
  if (!(await compile()) && !((await fetchCompiler()) && (await compile())))
    throw new Failure(
      'The power cut needs a C compiler for 20 lines: install gcc or clang with your package manager. It runs on Linux only.',
    );
  stamp(stampFile, print);
  return LIBRARY;
}

/** Without the system's own start files and libraries: an unpacked compiler has none, and the shim needs none. */
async function compile(): Promise<boolean> {
  const libraries = existsSync(UNPACKED) ? unpackedLibraries(UNPACKED).join(':') : '';
  const env = {
    ...process.env,
    PATH: `${process.env.PATH}:${join(UNPACKED, 'usr/bin')}`,
    ...(libraries !== '' && { LD_LIBRARY_PATH: libraries }),
  };
  const headers = ['usr/include', `usr/include/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`];
  const own = headers.flatMap((folder) => ['-isystem', join(UNPACKED, folder)]);
  const args = ['-shared', '-fPIC', '-O2', '-nostdlib', ...own, '-o', LIBRARY, SOURCE];
  for (const compiler of ['cc', 'gcc', 'clang'])
    if ((await capture(compiler, args, { env })).code === 0) return true;
  return false;
}

async function fetchCompiler(): Promise<boolean> {
  if (!(await hasApt())) return false;
  const packages = ['gcc', 'libc6-dev'];
  console.log('A C compiler for the power cut: none found, fetching the one of the distribution …');
  await (isRoot() ? aptInstall(packages) : aptUnpack(packages, UNPACKED));
  return true;
}

/** Notes of what a process has synchronised, for the library to write and the cut to read. */
export interface Notes {
  /** What the process must be started with. */
  env: Record<string, string>;
  /** Bytes in the folder that a cut would take away now. */
  loose(folder: string): number;
  /** Cuts every file in the folder down to what was synchronised of it. @returns bytes that are gone */
  cut(folder: string): number;
}

/** The notes stay for as long as the files do: a file may outlive several processes. */
export function openNotes(file: string): Notes {
  return {
    env: { POWERCUT_NOTES: file },
    loose: (folder) => filesIn(folder).reduce((sum, { size, kept }) => sum + size - kept, 0),
    cut(folder) {
      let gone = 0;
      for (const { path, size, kept } of filesIn(folder)) {
        gone += size - kept;
        truncateSync(path, kept);
      }
      return gone;
    },
  };

  function filesIn(folder: string): { path: string; size: number; kept: number }[] {
    const sizes = readNotes(file);
    return readdirSync(folder).map((name) => {
      const path = join(folder, name);
      const { ino, size, birthtimeNs } = statSync(path, { bigint: true });
      const born = `${birthtimeNs / NANO}.${birthtimeNs % NANO}`;
      return { path, size: Number(size), kept: Math.min(Number(size), sizes.get(`${ino}.${born}`) ?? 0) };
    });
  }
}

const NANO = 1_000_000_000n;

/** File → its largest noted size: these files only grow, and two threads may note out of order. */
function readNotes(file: string): Map<string, number> {
  const text = readFileSync(file, 'utf8');
  if (!text.endsWith('\n'))
    throw new Error(`the notes in ${file} end in the middle of a line: nothing can be proved with them`);
  const sizes = new Map<string, number>();
  for (const line of text.trimEnd().split('\n')) {
    const [key = '', size] = line.split(' ');
    if (!/^\d+\.\d+\.\d+$/.test(key) || !/^\d+$/.test(size ?? ''))
      throw new Error(`the notes in ${file} have a line that is none: ${line}`);
    sizes.set(key, Math.max(sizes.get(key) ?? 0, Number(size)));
  }
  return sizes;
}
