import { connect } from 'node:net';

/** Statuses of what was answered; 0 for a connection that ended without an answer. */
export type Statuses = Record<number, number>;

export interface PipeOptions {
  url: string;
  connections: number;
  /** Requests on their way on each connection at once. */
  depth: number;
  /** The next whole request; undefined when there are no more. */
  next(): Buffer | undefined;
  onStatus(status: number, request: Buffer): void;
}

/** Sends everything over pipelined connections, as fast as it is answered. */
export async function pump(options: PipeOptions): Promise<void> {
  await Promise.all(Array.from({ length: options.connections }, () => pumpOne(options)));
}

async function pumpOne(options: PipeOptions): Promise<void> {
  // A server may end a connection at any time; what was not answered on it is told as 0, and the rest goes on.
  while (!(await pumpUntilClosed(options)));
}

/** @returns true when there was nothing left to send */
function pumpUntilClosed({ url, depth, next, onStatus }: PipeOptions): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const wire = connect({ host: hostname, port: Number(port), noDelay: true });
  const underWay: Buffer[] = [];
  let text = '';
  let isDone = false;

  function fill(): void {
    const batch: Buffer[] = [];
    while (!isDone && underWay.length < depth) {
      const request = next();
      if (request) {
        underWay.push(request);
        batch.push(request);
      } else isDone = true;
    }
    if (batch.length > 0) wire.write(Buffer.concat(batch));
    if (isDone && underWay.length === 0) wire.end();
  }

  return new Promise((resolve, reject) => {
    wire.setEncoding('latin1');
    wire.on('connect', fill);
    wire.on('data', (more) => {
      text += String(more);
      for (let answer = readAnswer(text); answer; answer = readAnswer(text)) {
        text = text.slice(answer.length);
        onStatus(answer.status, underWay.shift() as Buffer);
      }
      fill();
    });
    wire.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') reject(new Error(`nobody listens at ${url} any more`));
    });
    wire.on('close', () => {
      for (const request of underWay) onStatus(0, request);
      resolve(isDone);
    });
  });
}

/** The first whole answer in the text. A webhook's are empty, so that their length is soon known. */
function readAnswer(text: string): { status: number; length: number } | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = text.slice(0, headEnd);
  const status = Number(head.slice(9, 12));
  const sized = /\r\ncontent-length: (\d+)/i.exec(head);
  if (sized) {
    const length = headEnd + 4 + Number(sized[1]);
    return text.length < length ? undefined : { status, length };
  }
  const end = text.indexOf('0\r\n\r\n', headEnd + 4);
  return end < 0 ? undefined : { status, length: end + 5 };
}

/** A POST of a body to the webhook, all of it. */
export function updateRequest(secret: string, body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  const head = [
    'POST /telegram/webhook HTTP/1.1',
    'Host: game.example',
    'Content-Type: application/json',
    `X-Telegram-Bot-Api-Secret-Token: ${secret}`,
    `Content-Length: ${bytes.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), bytes]);
}
