import { fork } from 'node:child_process';
import { ROOT } from '../../../tools/root.ts';

/** What a process can be asked for, by name. What goes in and out is copied. */
export type Jobs = Record<string, (spec: never) => unknown>;

/** A process of its own: what it costs and how long it waits is nobody else's. */
export interface Forked<J extends Jobs> {
  /** One at a time. */
  ask<N extends keyof J & string>(name: N, spec: Parameters<J[N]>[0]): Promise<Awaited<ReturnType<J[N]>>>;
  close(): Promise<void>;
}

type Answer = { value: unknown } | { error: string };

/** Runs a file that calls {@link answerParent}. It ends with this process, however that ends. */
export function forkJobs<J extends Jobs>(file: URL): Forked<J> {
  const child = fork(file, {
    cwd: ROOT,
    execArgv: ['--import', 'tsx', '--conditions=development'],
    serialization: 'advanced',
  });
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  return {
    ask: (name, spec) =>
      new Promise((resolve, reject) => {
        const gone = () => reject(new Error(`${file.pathname} ended while it was asked for "${name}"`));
        child.once('exit', gone);
        child.once('message', (answer: Answer) => {
          child.off('exit', gone);
          if ('error' in answer) reject(new Error(`${name}: ${answer.error}`));
          else resolve(answer.value as never);
        });
        child.send({ name, spec });
      }),
    async close() {
      child.kill();
      await ended;
    },
  };
}

/** The other end of {@link forkJobs}. */
export function answerParent(jobs: Jobs): void {
  process.on('disconnect', () => process.exit());
  process.on('message', ({ name, spec }: { name: string; spec: never }) => {
    void answer(jobs[name], spec).then((told) => process.send?.(told));
  });
}

async function answer(job: Jobs[string] | undefined, spec: never): Promise<Answer> {
  try {
    if (!job) throw new Error('nothing of that name can be asked for here');
    return { value: await job(spec) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
