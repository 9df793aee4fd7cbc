import { BurstyRateLimiter, RateLimiterMemory } from 'rate-limiter-flexible';

/** Requests one player may have under way at once: all together must leave the store's queue free for the money. */
const MOST_UNDER_WAY = 100;
/** All requests of one player, devices together. The game asks for a few a second; a program that waits for a purchase asks more. */
const REQUESTS = { points: 50, duration: 1 };
/** What may come on top at once: a game that was offline tells everything it used. */
const BURST = { points: 150, duration: 10 };
/** Orders of one player: each may cost a call of Telegram's, which counts them for the whole shop. */
const ORDERS = { points: 20, duration: 20 };

/** Finished runs of one player: each is played again here. A game that is told *too fast* shows its run a little later. */
const FINISHES = { points: 10, duration: 60 };

/** Boards of one player: that of a hundred friends asks the store a hundred questions. */
const BOARDS = { points: 20, duration: 10 };

interface Consumes {
  consume(playerId: number): Promise<unknown>;
}

/** What keeps one player from using up what all players share. */
export function createLimits() {
  const requests = new BurstyRateLimiter(new RateLimiterMemory(REQUESTS), new RateLimiterMemory(BURST));
  const orders = new RateLimiterMemory(ORDERS);
  const finishes = new RateLimiterMemory(FINISHES);
  const boards = new RateLimiterMemory(BOARDS);
  const costly: Readonly<Record<string, Consumes>> = {
    order: orders,
    'run:finish': finishes,
    board: boards,
  };
  const underWay = new Map<number, number>();

  const may = (limit: Consumes, playerId: number): Promise<boolean> =>
    limit.consume(playerId).then(
      () => true,
      () => false,
    );

  return {
    /** Whether the request may begin. One that began has to end. */
    async begin(playerId: number, name: string): Promise<boolean> {
      const count = underWay.get(playerId) ?? 0;
      if (count >= MOST_UNDER_WAY) return false;
      underWay.set(playerId, count + 1);
      const own = costly[name];
      if ((await may(requests, playerId)) && (!own || (await may(own, playerId)))) return true;
      this.end(playerId);
      return false;
    },
    end(playerId: number): void {
      const left = (underWay.get(playerId) ?? 0) - 1;
      if (left > 0) underWay.set(playerId, left);
      else underWay.delete(playerId);
    },
  };
}
