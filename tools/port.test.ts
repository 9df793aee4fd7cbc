import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { freePort, portTakenMessage, readPort, requirePorts } from './port.ts';

describe('readPort', () => {
  it.each([
    [{}, 4000],
    [{ SANDBOX_PORT: '' }, 4000],
    [{ SANDBOX_PORT: '4100' }, 4100],
    [{ SANDBOX_PORT: '65535' }, 65535],
  ])('reads %j as %s', (env, port) => {
    expect(readPort(env, 'SANDBOX_PORT', 4000)).toEqual({ name: 'SANDBOX_PORT', port });
  });

  it.each(['0', '65536', '-1', '4e3', '4000.5', ' 4000', 'four'])(
    'refuses %j, naming the setting',
    (text) => {
      expect(() => readPort({ PORT: text }, 'PORT', 3000)).toThrow(/^PORT is /);
    },
  );
});

it('says which port is taken and what to type', () => {
  expect(portTakenMessage({ name: 'SANDBOX_PORT', port: 4000 }, 'demo')).toBe(
    'Port 4000 is taken by another program. Choose another with SANDBOX_PORT=4100 npm run demo.',
  );
  expect(portTakenMessage({ name: 'PORT', port: 65500 }, 'dev')).toContain('PORT=65400 npm run dev');
});

it('finds free ports where no outgoing connection ends up', async () => {
  for (let n = 0; n < 50; n++) {
    const port = await freePort();
    expect(port).toBeGreaterThanOrEqual(12_000);
    expect(port).toBeLessThan(22_000);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
  }
});

describe('requirePorts', () => {
  it('is content with free ports', async () => {
    const free = { name: 'PORT', port: await freePort() };
    await expect(requirePorts([free], 'demo')).resolves.toBeUndefined();
  });

  it.each(['127.0.0.1', '0.0.0.0'])('refuses a port that a program on %s has taken', async (host) => {
    const server = createServer().listen(0, host);
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(requirePorts([{ name: 'PORT', port }], 'demo')).rejects.toThrow(
      portTakenMessage({ name: 'PORT', port }, 'demo'),
    );
    server.close();
    await once(server, 'close');
  });

  it('refuses one port for two programs', async () => {
    const port = await freePort();
    const both = [
      { name: 'SANDBOX_PORT', port },
      { name: 'PORT', port },
    ];
    await expect(requirePorts(both, 'demo')).rejects.toThrow(`SANDBOX_PORT and PORT are both ${port}`);
  });
});
