import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from 'redis';
import { offerBySku, type Revision, times } from '../../src/purchase/order.ts';
import { connectRedis, type Redis } from '../../src/redis/client.ts';
import { scripts } from '../../src/redis/scripts.ts';
import { answerParent } from './forked.ts';

/**
 * What the settle path is measured against: node's own HTTP server, `JSON.parse` and one call of the same script with
 * the same keys and arguments. No secret, no checks, no log, no metrics, no push, no second thought.
 */
let redis: Redis;
let revision: Revision;

interface Told {
  message: {
    date: number;
    chat: { id: number };
    successful_payment: { total_amount: number; invoice_payload: string; telegram_payment_charge_id: string };
  };
}

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => (body += chunk));
  request.on('end', () => {
    void credit(JSON.parse(body) as Told).then((credited) => {
      response.writeHead(credited ? 200 : 500, { 'Content-Length': 0 }).end();
    });
  });
});

async function credit({ message }: Told): Promise<boolean> {
  const { total_amount: stars, invoice_payload: payload, ...paid } = message.successful_payment;
  const player = message.chat.id;
  const [, , order, sku = '', quantity] = payload.split(':');
  const grant = times(offerBySku(revision.catalog, sku)?.grant ?? {}, Number(quantity));
  const goods = Object.entries(grant)
    .map(([item, count]) => `${item}=${count}`)
    .join(',');
  const paidAtMs = message.date * 1_000;
  const bucket = `{b${String(player % 1_024).padStart(4, '0')}}`;
  const reply = await redis.credit(
    [
      `${bucket}:c:${player}`,
      `${bucket}:i:${player}`,
      `${bucket}:o:${player}:${order}`,
      `${bucket}:open:${player}`,
      `${bucket}:ending`,
      `${bucket}:outbox`,
    ],
    [
      paid.telegram_payment_charge_id,
      `credit ${stars} ${message.date} ${order} ${sku} ${quantity} ${revision.id} ${goods}`,
      player,
      order as string,
      `${sku}:${quantity}:${revision.id}`,
      0,
      '',
      87_300,
      JSON.stringify({ priceStars: stars, grant, createdAtMs: paidAtMs, expiresAtMs: paidAtMs }),
      1_000,
      'outbox',
    ],
  );
  return reply[0] === 'credited';
}

const jobs = {
  /** @param spec.tuned with the server's own settings of node-redis, else with node-redis as it comes */
  listen: async (spec: { redisUrl: string; revision: Revision; tuned: boolean }): Promise<string> => {
    revision = spec.revision;
    const fail = (error: unknown) => {
      throw error;
    };
    redis = spec.tuned
      ? await connectRedis(spec.redisUrl, 'money', fail)
      : ((await createClient({ url: spec.redisUrl, scripts }).on('error', fail).connect()) as Redis);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
  cpuSeconds: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
};
export type Bare = typeof jobs;

answerParent(jobs);
