import { execFile } from 'node:child_process';
import { ROOT } from './root.ts';

const WITHIN_MS = 30_000;
const ARGS = ['audit', '--omit=dev', '--audit-level=high', '--json', '--loglevel=silent'];
/** Asked once: a registry that does not answer now is not waited for. */
const ONCE = ['--fetch-retries=0', `--fetch-timeout=${WITHIN_MS - 10_000}`];

export interface Verdict {
  ok: boolean;
  line: string;
}

/** Whether the registry knows of a high or critical hole in what production runs. */
export async function auditDependencies(): Promise<Verdict> {
  // npm names itself to the scripts it runs; that npm is the one that belongs to this Node.
  const npm = process.env.npm_execpath;
  const [program, first] = npm?.endsWith('npm-cli.js') ? [process.execPath, [npm]] : ['npm', []];
  return new Promise((resolve) => {
    execFile(program, [...first, ...ARGS, ...ONCE], { cwd: ROOT, timeout: WITHIN_MS }, (_error, stdout) =>
      resolve(verdictOn(stdout)),
    );
  });
}

interface Report {
  message?: string;
  metadata?: { vulnerabilities?: Record<string, number> };
  vulnerabilities?: Record<string, { severity: string }>;
}

/** What a report of `npm audit --json` comes to. Not being told is no finding: machines without a network test as well. */
export function verdictOn(report: string): Verdict {
  const { message, metadata, vulnerabilities = {} } = read(report);
  const counts = metadata?.vulnerabilities;
  if (counts === undefined)
    return { ok: true, line: `not reachable here: ${message ?? 'the registry does not answer'}` };
  const { high = 0, critical = 0, total = 0 } = counts;
  if (high + critical === 0) return { ok: true, line: `nothing high or critical, ${total} lesser` };
  const packages = Object.entries(vulnerabilities)
    .filter(([, { severity }]) => severity === 'high' || severity === 'critical')
    .map(([name, { severity }]) => `${name} (${severity})`);
  return { ok: false, line: `${high} high, ${critical} critical: ${packages.join(', ')}` };
}

function read(report: string): Report {
  try {
    return (JSON.parse(report) ?? {}) as Report;
  } catch {
    return {};
  }
}
