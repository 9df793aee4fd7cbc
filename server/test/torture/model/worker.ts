import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** TypeScript as it stands, and room for the very many small things that live for a moment. */
const NODE = ['--import', 'tsx', '--conditions=development', '--max-semi-space-size=64'];

/**
 * Has a module do its part in a process of its own: it is handed `task` as a message, tells lines as it goes, and
 * answers with `result`. It ends when this process does.
 * @param file the module, beside this one
 * @param patienceMs when it tells nothing for so long, it is ended, and there is no result
 */
export function delegate<T>(
  file: string,
  task: unknown,
  log: (line: string) => void,
  patienceMs?: number,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
      execArgv: NODE,
      serialization: 'advanced',
    });
    let result: { value: T } | undefined;
    let isMute = false;
    const end = (): void => {
      isMute = true;
      child.kill('SIGKILL');
    };
    const impatience = patienceMs === undefined ? undefined : setTimeout(end, patienceMs);
    child.on('message', (message: { line?: string; result?: T }) => {
      impatience?.refresh();
      if (message.line !== undefined) log(message.line);
      else result = { value: message.result as T };
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(impatience);
      if (result || isMute) resolve(result?.value);
      else reject(new Error(`${file} ended without a result (${signal ?? code})`));
    });
    child.send(task as object);
  });
}

/** The other end: does what it is handed, answers, and ends. */
export function serve<T>(work: (task: T, log: (line: string) => void) => Promise<unknown>): void {
  const send = (message: object): void => void process.send?.(message);
  process.once('disconnect', () => process.exit(1));
  process.once('message', (task) => {
    work(task as T, (line) => send({ line })).then(
      (result) => process.send?.({ result }, () => process.exit(0)),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
