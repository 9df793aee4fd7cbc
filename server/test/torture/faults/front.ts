import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What Telegram tells the server of. */
export type News = 'pre_checkout_query' | 'successful_payment' | 'refunded_payment' | 'message';

/** One update on its way from Telegram to a server, and what became of it. */
export interface Delivery {
  news: News;
  /** The charge of a payment or refund, the id of a query. */
  id: string;
  playerId: number;
  startedMs: number;
  endedMs: number;
  /** 0 when the server never answered. */
  status: number;
}

interface Watchpoint {
  news: News;
  playerId: number;
  /** `hand over`: told when the server has the whole of it. `withhold`: told when its answer has come. */
  fate: 'hand over' | 'withhold';
  /** Told once, at that very moment. */
  onSeen(): void;
}

/** Stands in front of the servers, as a load balancer does, and sees every update that Telegram delivers. */
export interface Front {
  readonly url: string;
  /** Told of each update once it was answered, or could not be. */
  onDelivery: (delivery: Delivery) => void;
  /** News that no server gets now: Telegram tries again later. */
  refuses: News | undefined;
  /** @returns what takes the watchpoint away */
  watch(watchpoint: Watchpoint): () => void;
  close(): Promise<void>;
}

/** @param targets the ports of the servers that are up, which take turns */
export async function openFront(targets: () => number[]): Promise<Front> {
  const watchpoints = new Set<Watchpoint>();
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  let turn = 0;

  const server = createServer((incoming, outgoing) => {
    void bodyOf(incoming).then((body) => forward(incoming, outgoing, body));
  });

  function forward(incoming: IncomingMessage, outgoing: ServerResponse, body: string): void {
    const { news, id, playerId } = newsIn(body);
    const startedMs = performance.now();
    const told = (status: number): void => {
      front.onDelivery({ news, id, playerId, startedMs, endedMs: performance.now(), status });
    };
    const watchpoint = take(news, playerId);
    const unheard = (): void => {
      outgoing.destroy();
      told(0);
    };
    const ports = front.refuses === news ? [] : targets();
    const port = ports[turn++ % ports.length];
    if (port === undefined) {
      unheard();
      return;
    }
    const { method, url: path, headers } = incoming;
    const outward = request({ host: '127.0.0.1', port, method, path, headers, agent }, (answer) => {
      void bodyOf(answer).then((text) => {
        if (watchpoint?.fate === 'withhold') {
          watchpoint.onSeen();
          unheard();
          return;
        }
        const status = answer.statusCode ?? 0;
        // Told before Telegram is: what it counts as taken is known here first.
        told(status);
        outgoing.writeHead(status, answer.headers).end(text);
      });
    });
    outward.once('error', unheard);
    outgoing.once('close', () => outward.destroy());
    if (watchpoint?.fate === 'hand over') outward.once('finish', watchpoint.onSeen);
    outward.end(body);
  }

  function take(news: News, playerId: number): Watchpoint | undefined {
    const found = [...watchpoints].find((each) => each.news === news && each.playerId === playerId);
    if (found) watchpoints.delete(found);
    return found;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const front: Front = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onDelivery: () => {},
    refuses: undefined,
    watch(watchpoint) {
      watchpoints.add(watchpoint);
      return () => void watchpoints.delete(watchpoint);
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return front;
}

/** An end that comes too early ends the text: whoever reads it finds it wanting. */
async function bodyOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    return '';
  }
  return Buffer.concat(chunks).toString('utf8');
}

interface Update {
  pre_checkout_query?: { id: string; from: { id: number } };
  message?: {
    chat: { id: number };
    successful_payment?: { telegram_payment_charge_id: string };
    refunded_payment?: { telegram_payment_charge_id: string };
  };
}

function newsIn(body: string): Pick<Delivery, 'news' | 'id' | 'playerId'> {
  const { pre_checkout_query: query, message }: Update = body === '' ? {} : JSON.parse(body);
  if (query) return { news: 'pre_checkout_query', id: query.id, playerId: query.from.id };
  const playerId = message?.chat.id ?? 0;
  for (const news of ['successful_payment', 'refunded_payment'] as const) {
    const payment = message?.[news];
    if (payment) return { news, id: payment.telegram_payment_charge_id, playerId };
  }
  return { news: 'message', id: '', playerId };
}
