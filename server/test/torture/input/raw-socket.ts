import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

/** A WebSocket whose client may break every rule: it writes whatever bytes it is given. */
export interface RawSocket {
  write(bytes: Buffer): void;
  isOpen(): boolean;
  destroy(): void;
}

export interface Listener {
  onText(text: string): void;
  /** Once, however it came to its end. */
  onEnd(): void;
}

const HANDSHAKE_END = '\r\n\r\n';

/** Rejects when the server does not open it. */
export function openRawSocket(url: string, path: string, listener: Listener): Promise<RawSocket> {
  const { hostname, port } = new URL(url);
  const head = [
    `GET ${path} HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Version: 13',
  ];
  const wire = connect({ host: hostname, port: Number(port), noDelay: true });
  wire.write(`${head.join('\r\n')}${HANDSHAKE_END}`);
  return new Promise((resolve, reject) => {
    let isUpgraded = false;
    let isOver = false;
    let rest: Buffer = Buffer.alloc(0);
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      wire.destroy();
      if (isUpgraded) listener.onEnd();
      else reject(new Error(`${path} was not opened: ${rest.toString('latin1').slice(0, 200)}`));
    };
    wire.on('error', end).on('end', end).on('close', end);
    wire.on('data', (bytes) => {
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      if (!isUpgraded) {
        const at = rest.indexOf(HANDSHAKE_END);
        if (at < 0) return;
        if (!rest.toString('latin1', 0, 12).startsWith('HTTP/1.1 101')) return end();
        isUpgraded = true;
        rest = rest.subarray(at + HANDSHAKE_END.length);
        resolve({ write: (out) => void wire.write(out), isOpen: () => !isOver, destroy: end });
      }
      rest = readFrames(rest, listener.onText, end);
    });
  });
}

const OPCODE = { text: 1, binary: 2, close: 8 } as const;

/** Tells of every whole frame. @returns what is left of the next */
function readFrames(bytes: Buffer, onText: (text: string) => void, onClose: () => void): Buffer {
  for (let at = 0; ; ) {
    if (bytes.length < at + 2) return bytes.subarray(at);
    const short = (bytes[at + 1] as number) & 127;
    const head = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (bytes.length < at + head) return bytes.subarray(at);
    const size =
      short === 126
        ? bytes.readUInt16BE(at + 2)
        : short === 127
          ? Number(bytes.readBigUInt64BE(at + 2))
          : short;
    if (bytes.length < at + head + size) return bytes.subarray(at);
    const opcode = (bytes[at] as number) & 15;
    if (opcode === OPCODE.text) onText(bytes.toString('utf8', at + head, at + head + size));
    if (opcode === OPCODE.close) onClose();
    at += head + size;
  }
}

/** A frame as RFC 6455 wants it of a client; `first` is its first byte, 0x81 for a whole text. */
export function frameOf(content: string | Buffer, first = 0x80 | OPCODE.text): Buffer {
  const body = Buffer.from(content);
  const head =
    body.length < 126
      ? Buffer.from([first, 0x80 | body.length])
      : body.length < 65_536
        ? Buffer.from([first, 0x80 | 126, body.length >> 8, body.length & 255])
        : longHead(first, body.length);
  const mask = randomBytes(4);
  for (let i = 0; i < body.length; i++) body[i] = (body[i] as number) ^ (mask[i & 3] as number);
  return Buffer.concat([head, mask, body]);
}

function longHead(first: number, size: number): Buffer {
  const head = Buffer.alloc(10);
  head[0] = first;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(BigInt(size), 2);
  return head;
}

export const binaryFrameOf = (content: string | Buffer): Buffer => frameOf(content, 0x80 | OPCODE.binary);
