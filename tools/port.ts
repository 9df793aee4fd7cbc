import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { Failure } from './failure.mjs';

/** A port of this machine that a person can choose. */
export interface PortSetting {
  /** The setting's name in the environment. */
  name: string;
  port: number;
}

/** Reads a port from the environment. @throws Failure when it is no port */
export function readPort(env: NodeJS.ProcessEnv, name: string, fallback: number): PortSetting {
  const text = env[name] ?? '';
  if (text === '') return { name, port: fallback };
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return { name, port };
  throw new Failure(`${name} is ${JSON.stringify(text)}; it must be a port, a whole number from 1 to 65535.`);
}

/** What to say when a port cannot be had. */
export function portTakenMessage({ name, port }: PortSetting, command: string): string {
  const other = port + 100 <= 65535 ? port + 100 : port - 100;
  return `Port ${port} is taken by another program. Choose another with ${name}=${other} npm run ${command}.`;
}

function answers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.setTimeout(1000, () => socket.destroy());
    socket.once('connect', () => socket.destroy());
  });
}

/** The error code of an attempt to listen; undefined when it worked. */
function refusal(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)));
  });
}

/**
 * Refuses ports that cannot be had. A browser asked for `localhost` tries ::1 first, so a program that answers there
 * has taken the port as well.
 * @throws Failure naming the port and the setting that changes it
 */
export async function requirePorts(settings: PortSetting[], command: string): Promise<void> {
  for (const [index, setting] of settings.entries()) {
    const { name, port } = setting;
    const twin = settings.slice(0, index).find((earlier) => earlier.port === port);
    if (twin) throw new Failure(`${twin.name} and ${name} are both ${port}. Give each a port of its own.`);
    const refused = await refusal(port);
    if (refused === 'EACCES') {
      throw new Failure(`Port ${port} needs more rights than yours. Choose one above 1023 with ${name}.`);
    }
    const heard = await Promise.all([answers(port, '127.0.0.1'), answers(port, '::1')]);
    if (refused !== undefined || heard.includes(true)) throw new Failure(portTakenMessage(setting, command));
  }
}

/**
 * Where `freePort` looks: below the ports that any system gives to outgoing connections (Linux from 32,768 on, others
 * from 49,152), and such that the port 10,000 above, which a Redis cluster takes as well, is below them too.
 */
const FREE_PORTS = { from: 12_000, to: 22_000 };

/**
 * A loopback port that nothing listens on. No outgoing connection can take it before, or between, the starts of the
 * program it is meant for; another program that asks for one at this very moment gets another, as good as always.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FREE_PORTS.from, FREE_PORTS.to);
    const refused = await refusal(port);
    if (refused === undefined) return port;
    if (refused !== 'EADDRINUSE')
      throw new Failure(
        `No program may listen on 127.0.0.1 here (${refused}). Allow it, or look at the limits of the sandbox.`,
      );
  }
}
