import { connect, type Socket } from 'node:net';

/** Keep-alive connections to one HTTP server, each with one request at a time. */
export interface Wire {
  /** Sends a whole request as soon as a connection is free; `onAnswer` gets the status. */
  send(request: Buffer, onAnswer: (status: number) => void): void;
  /** Requests that were not answered yet, those that wait for a connection included. */
  underWay(): number;
  close(): void;
}

interface Waiting {
  request: Buffer;
  onAnswer: (status: number) => void;
}

/**
 * Written by hand, because on two cores the load must cost far less than what it measures: node's own client takes as
 * long for a request as the server under test. It knows the empty answers of a webhook, and throws at any other.
 */
export async function openWire(url: string, connections: number): Promise<Wire> {
  const { hostname, port } = new URL(url);
  const queue: Waiting[] = [];
  const idle: Socket[] = [];
  const serving = new Map<Socket, Waiting>();
  let closed = false;

  const sockets = await Promise.all(
    Array.from({ length: connections }, () => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      return new Promise<Socket>((resolve, reject) => {
        socket.once('error', reject);
        socket.once('connect', () => resolve(socket));
      });
    }),
  );
  for (const socket of sockets) {
    let head = '';
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      head += text;
      const status = statusOf(head);
      if (status === undefined) return;
      head = '';
      const answered = serving.get(socket);
      serving.delete(socket);
      const next = queue.shift();
      if (next) serve(socket, next);
      else idle.push(socket);
      answered?.onAnswer(status);
    });
    socket.on('close', () => {
      if (!closed) throw new Error(`${url} closed a connection of the load`);
    });
    idle.push(socket);
  }

  function serve(socket: Socket, waiting: Waiting): void {
    serving.set(socket, waiting);
    socket.write(waiting.request);
  }

  return {
    send(request, onAnswer) {
      // The one that rested longest, so that none rests for the five seconds after which the server lets it go.
      const socket = idle.shift();
      if (socket) serve(socket, { request, onAnswer });
      else queue.push({ request, onAnswer });
    },
    underWay: () => serving.size + queue.length,
    close() {
      closed = true;
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** The status of an answer that is all there; undefined while it is not. */
function statusOf(text: string): number | undefined {
  if (!text.includes('\r\n\r\n')) return undefined;
  const isChunked = /\r\ntransfer-encoding: chunked\r\n/i.test(text);
  if (isChunked && !text.endsWith('\r\n0\r\n\r\n')) return undefined;
  if (!isChunked && !/\r\ncontent-length: 0\r\n/i.test(text))
    throw new Error(`the load knows only empty answers, not this one: ${text.slice(0, 400)}`);
  return Number(text.slice(9, 12));
}
