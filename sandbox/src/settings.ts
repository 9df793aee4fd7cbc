import type { SandboxOptions } from './sandbox.ts';
import { type Timings, timings } from './timings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings of the program. Throws with the name of the setting that is wrong. */
export function readSettings(env: Environment): SandboxOptions {
  const { BOT_TOKEN, SANDBOX_PUBLIC_URL, SANDBOX_BOT_NAME, SANDBOX_BOT_USERNAME } = env;
  return {
    host: env.SANDBOX_HOST || '127.0.0.1',
    port: number(
      'SANDBOX_PORT',
      env.SANDBOX_PORT,
      4000,
      (port) => Number.isInteger(port) && port >= 0 && port < 65_536,
    ),
    timeScale: number('SANDBOX_TIME_SCALE', env.SANDBOX_TIME_SCALE, 1, (scale) => scale > 0),
    rules: object('SANDBOX_RULES', env.SANDBOX_RULES, '{"preCheckoutRefused":"cancelled"}'),
    timings: timingsOf(env.SANDBOX_TIMINGS),
    ...(BOT_TOKEN && { tokens: BOT_TOKEN.split(',').map((token) => token.trim()) }),
    ...(SANDBOX_PUBLIC_URL && { publicUrl: SANDBOX_PUBLIC_URL.replace(/\/$/, '') }),
    ...(SANDBOX_BOT_NAME && { botName: SANDBOX_BOT_NAME }),
    ...(SANDBOX_BOT_USERNAME && { botUsername: SANDBOX_BOT_USERNAME }),
  };
}

function number(
  name: string,
  text: string | undefined,
  standard: number,
  fits: (value: number) => boolean,
): number {
  if (!text) return standard;
  const value = Number(text);
  if (Number.isFinite(value) && fits(value)) return value;
  throw new Error(`${name}: "${text}" is not a value it can take. Leave it out for ${standard}.`);
}

function timingsOf(text: string | undefined): Partial<Timings> {
  const standard: Readonly<Record<string, number>> = { ...timings() };
  const changes: Record<string, number> = {};
  for (const [name, value] of Object.entries(object('SANDBOX_TIMINGS', text, '{"preCheckoutMs":10000}'))) {
    if (!(name in standard)) {
      throw new Error(`SANDBOX_TIMINGS: "${name}" is unknown. Known: ${Object.keys(standard).join(', ')}.`);
    }
    if (typeof value !== 'number' || !(value >= 0)) {
      throw new Error(
        `SANDBOX_TIMINGS: "${name}" must be milliseconds from 0, not ${JSON.stringify(value)}.`,
      );
    }
    changes[name] = value;
  }
  return changes;
}

function object(name: string, text: string | undefined, example: string): Readonly<Record<string, unknown>> {
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Reported below, together with what is JSON but no object.
  }
  throw new Error(`${name}: ${text} is no JSON object. Example: ${example}.`);
}
