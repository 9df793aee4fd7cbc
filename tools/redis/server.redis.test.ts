import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ensureRedis } from './binary.ts';
import { type RedisServer, startRedis } from './server.ts';

let file: string;

beforeAll(async () => {
  file = (await ensureRedis()).file;
});

const folder = (): string => mkdtempSync(join(tmpdir(), 'stardrift redis '));

/** Sends one command and gives the raw reply. */
function ask({ url }: RedisServer, command: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(`${command}\r\n`));
    socket.once('error', reject);
    socket.once('data', (reply) => {
      resolve(String(reply));
      socket.destroy();
    });
  });
}

it('keeps what was written through a restart, in a folder with a space in its name', async () => {
  const options = { file, dir: folder(), appendfsync: 'always' } as const;
  const first = await startRedis(options);
  expect(await ask(first, 'SET item shield')).toBe('+OK\r\n');
  await first.close();

  const second = await startRedis(options);
  expect(await ask(second, 'GET item')).toBe('$6\r\nshield\r\n');
  await second.close();
});

it('runs with the settings that the promises rest on', async () => {
  const server = await startRedis({ file, dir: folder(), appendfsync: 'always' });
  expect(await ask(server, 'CONFIG GET appendonly')).toContain('yes');
  expect(await ask(server, 'CONFIG GET appendfsync')).toContain('always');
  expect(await ask(server, 'CONFIG GET maxmemory-policy')).toContain('noeviction');
  expect(await ask(server, 'CONFIG GET bind')).toContain('127.0.0.1');
  await server.close();
});

it('runs several at once, each with a port of its own', async () => {
  const options = () => ({ file, dir: folder(), appendfsync: 'no' }) as const;
  const servers = await Promise.all([startRedis(options()), startRedis(options()), startRedis(options())]);
  expect(new Set(servers.map(({ url }) => url)).size).toBe(3);
  await Promise.all(servers.map((server) => server.close()));
});

it('fails with the exit code and the end of the log', async () => {
  const dir = folder();
  // Where its folder of append-only files should be there is a file.
  writeFileSync(join(dir, 'appendonlydir'), '');
  const start = startRedis({ file, dir, appendfsync: 'always' });
  await expect(start).rejects.toThrow(/did not start: Redis ended \(exit code 1\).*appendonlydir/s);
});
