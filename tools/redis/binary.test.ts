import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRedis, isNewEnough, redisAdvice, redisPlaces, redisVersion } from './binary.ts';

describe('redisVersion', () => {
  it.each([
    ['Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=ae4d', '7.0.15'],
    ['Redis server v=6.2.14 sha=00000000:0 malloc=jemalloc-5.1.0 bits=64', '6.2.14'],
    ['Valkey server v=8.0.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64', '8.0.1'],
    ['Chromium 156.0.8078.79', undefined],
    ['', undefined],
  ])('reads %j', (output, version) => {
    expect(redisVersion(output)).toBe(version);
  });
});

it.each([
  ['7.0.0', true],
  ['7.0.15', true],
  ['8.0.1', true],
  ['10.2.0', true],
  ['6.2.14', false],
])('decides whether %s is new enough: %s', (version, enough) => {
  expect(isNewEnough(version)).toBe(enough);
});

it.each([
  ['debian', 'apt-get install redis-server'],
  ['ubuntu', 'apt-get install redis-server'],
  ['fedora', 'dnf install'],
  ['macos', 'brew install redis'],
  ['windows', 'WSL'],
  ['other', 'package manager'],
] as const)('says in one line what to type on %s', (system, words) => {
  const advice = redisAdvice(system);
  expect(advice).toContain(words);
  expect(advice).toContain('REDIS_URL');
  expect(advice).toContain('REDIS_SERVER_BIN');
  expect(advice).not.toContain('\n');
});

describe('findRedis', () => {
  /** A program that prints the line. */
  function printing(line: string): string {
    const file = join(mkdtempSync(join(tmpdir(), 'stardrift-find-')), 'redis-server');
    writeFileSync(file, `#!/bin/sh\necho '${line}'\n`);
    chmodSync(file, 0o755);
    return file;
  }
  const old = printing('Redis server v=6.2.14 sha=0');
  const good = printing('Redis server v=7.2.5 sha=0');
  const none = { setting: undefined, path: '', names: ['redis-server'], usual: [], own: [] };

  it('passes over what is too old or no Redis', async () => {
    const own = [old, printing('hello'), '/nowhere/redis-server', good];
    expect(await findRedis({ ...none, own })).toEqual({ file: good, version: '7.2.5' });
  });

  it('finds none where there is none', async () => {
    expect(await findRedis({ ...none, own: [old] })).toBeUndefined();
  });

  it('does not go past a setting that names the wrong file', async () => {
    await expect(findRedis({ ...none, setting: old, own: [good] })).rejects.toThrow(
      /REDIS_SERVER_BIN .*6\.2\.14/,
    );
    await expect(findRedis({ ...none, setting: '/nowhere', own: [good] })).rejects.toThrow('/nowhere');
  });

  it('looks first where the setting says', () => {
    expect(redisPlaces({ REDIS_SERVER_BIN: '/mine', PATH: '/bin' })).toMatchObject({
      setting: '/mine',
      path: '/bin',
    });
  });
});
