import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually, pause } from '../wait.ts';
import { openProxy, type Wire } from './proxy.ts';
import { FAULT_NAMES } from './wire-faults.ts';

let behind: Server;
let heard: string;
let proxy: Wire;
const sockets = new Set<Socket>();

/** Answers everything with itself, in capitals. */
beforeEach(async () => {
  heard = '';
  behind = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => {})
      .on('data', (bytes) => {
        heard += bytes;
        socket.write(String(bytes).toUpperCase());
      });
  });
  await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
  proxy = await openProxy(() => (behind.address() as AddressInfo).port);
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await proxy.close();
  await new Promise((resolve) => behind.close(resolve));
});

/** A connection through the proxy: what came back, in which pieces, and how it ended. */
function call() {
  const pieces: string[] = [];
  let ended: string | undefined;
  const socket = connect(proxy.port, '127.0.0.1').setNoDelay();
  sockets.add(socket);
  socket.on('data', (bytes) => pieces.push(String(bytes)));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    ended = error.code ?? error.message;
  });
  socket.on('end', () => {
    ended ??= 'end';
  });
  const got = (): string => pieces.join('');
  const answered = (text: string): Promise<void> =>
    eventually(() => got() === text, `it answers ${text}`, 3_000);
  return { socket, pieces, got, answered, ended: () => ended };
}

test('a sound wire carries both ways, and counts', async () => {
  const { socket, answered } = call();
  socket.write('hello');
  await answered('HELLO');
  expect(proxy.carried()).toBe(10);
});

describe('a watchpoint', () => {
  test('stops a request that came in two pieces: nothing of the second is heard', async () => {
    const { socket, got } = call();
    let seen = 0;
    proxy.watch({ sight: 'credit', fate: 'stop', onSeen: () => seen++ });
    socket.write('cre');
    await eventually(() => heard === 'cre', 'the first piece arrives');
    socket.write('dit now');
    await eventually(() => seen === 1, 'it is seen');
    await pause(30);
    expect([heard, got()]).toEqual(['cre', 'CRE']);
  });

  test('withholds the answer of what was carried out', async () => {
    const { socket, got } = call();
    let heardThen = '';
    proxy.watch({
      sight: 'credit',
      fate: 'withhold',
      onSeen: () => {
        heardThen = heard;
      },
    });
    socket.write('credit');
    await eventually(() => heardThen === 'credit', 'it was carried out when it is told');
    await pause(30);
    expect(got()).toBe('');
  });

  test('tells once the answer has passed, and only once', async () => {
    const { socket, answered } = call();
    let seen = 0;
    proxy.watch({ sight: 'credit', fate: 'pass', onSeen: () => seen++ });
    socket.write('credit');
    await answered('CREDIT');
    socket.write('credit');
    await answered('CREDITCREDIT');
    expect(seen).toBe(1);
  });

  test('that is about somebody lets the same of others pass', async () => {
    const { socket, answered } = call();
    let seen = 0;
    proxy.watch({ sight: 'credit', about: 'bob', fate: 'pass', onSeen: () => seen++ });
    const others = `credit ann ${'.'.repeat(100)} look at bob`;
    socket.write(others);
    await answered(others.toUpperCase());
    expect(seen).toBe(0);
    socket.write('credit ann, credit bob');
    await eventually(() => seen === 1, 'it is seen');
  });

  test('that was taken away sees nothing', async () => {
    const { socket, answered } = call();
    let seen = 0;
    proxy.watch({ sight: 'credit', fate: 'stop', onSeen: () => seen++ })();
    socket.write('credit');
    await answered('CREDIT');
    expect(seen).toBe(0);
  });
});

describe('a wire that', () => {
  test.each(FAULT_NAMES)('had %s is sound again for new connections once it is mended', async (fault) => {
    const old = call();
    old.socket.write('before');
    await old.answered('BEFORE');
    proxy.hinder(fault);
    call().socket.write('while');
    old.socket.write('while');
    await pause(50);
    await proxy.mend();
    const { socket, answered } = call();
    socket.write('after');
    await answered('AFTER');
  });

  test.each(['latency', 'slow', 'dribble', 'stall'] as const)('has %s loses nothing', async (fault) => {
    const { socket, answered } = call();
    proxy.hinder(fault);
    for (const word of ['one ', 'two ', 'three']) socket.write(word);
    if (fault === 'stall') await pause(50);
    if (fault === 'stall') await proxy.mend();
    await answered('ONE TWO THREE');
  });

  test('stalls says nothing before it is mended', async () => {
    const { socket, got } = call();
    proxy.hinder('stall');
    socket.write('hello');
    await pause(60);
    expect([heard, got()]).toEqual(['', '']);
  });

  test('has latency takes its time', async () => {
    const { socket, answered } = call();
    proxy.hinder('latency');
    const startedMs = performance.now();
    socket.write('hello');
    await answered('HELLO');
    expect(performance.now() - startedMs).toBeGreaterThan(100);
  });

  test.each([
    ['cut', 'ECONNRESET'],
    ['refuse', 'ECONNRESET'],
    ['flapping', 'ECONNRESET'],
  ] as const)('is %s ends the connections there are with %s', async (fault, code) => {
    const { socket, answered, ended } = call();
    socket.write('hello');
    await answered('HELLO');
    proxy.hinder(fault);
    await eventually(() => ended() === code, 'it is reset');
  });

  test('refuses takes no connection', async () => {
    proxy.hinder('refuse');
    const { ended } = call();
    await eventually(() => ended() === 'ECONNREFUSED', 'it is refused');
  });

  test('is half open takes a connection and stays silent', async () => {
    proxy.hinder('half-open');
    const { socket, got, ended } = call();
    socket.write('hello');
    await pause(60);
    expect([heard, got(), ended()]).toEqual(['', '', undefined]);
  });

  test('loses requests hears nothing; one that loses replies hears and does not say', async () => {
    const { socket, got } = call();
    socket.write('a');
    await eventually(() => got() === 'A', 'it is sound');
    proxy.hinder('request-lost');
    socket.write('b');
    await pause(40);
    expect(heard).toBe('a');
    await proxy.mend();
    const other = call();
    other.socket.write('c');
    await other.answered('C');
    proxy.hinder('reply-lost');
    other.socket.write('d');
    await eventually(() => heard === 'acd', 'it is heard');
    expect(other.got()).toBe('C');
  });

  test('resets or tears does so in the middle of an answer', async () => {
    proxy.hinder('reset');
    const long = call();
    long.socket.write('x'.repeat(500));
    // The system tells a reset that comes on the heels of bytes as an end.
    await eventually(() => long.ended() !== undefined, 'it is over');
    expect(long.got().length).toBeLessThan(500);
    await proxy.mend();
    proxy.hinder('torn');
    const torn = call();
    torn.socket.write('12345678');
    await eventually(() => torn.ended() === 'end', 'it is ended');
    expect(torn.got()).toBe('1234');
  });
});
