import { placeOf, scoreIn } from '../runs/place.ts';
import type { Accepted, Best, KeptBoard, Scores } from '../runs/ports.ts';
import type { Redis } from './client.ts';
import {
  BOARD_KEPT_SECONDS,
  bestKey,
  boardKey,
  friendsKey,
  operationKey,
  RUN_KEPT_SECONDS,
  runKey,
} from './keys.ts';
import { UnknownReply, wordOf } from './scripts.ts';

/** Players a board keeps; who is further down is told of no place. */
export const MOST_RANKED = 100_000;

export function createScores(redis: Redis): Scores {
  const keyOf = (kept: KeptBoard): string => boardKey(kept.board === 'daily' ? kept.day : kept.board);

  return {
    async used(playerId, opIds) {
      const found = await Promise.all(opIds.map((opId) => redis.get(operationKey(playerId, opId))));
      return found.map((what) => what ?? undefined);
    },
    async accepted(playerId, runId) {
      const text = await redis.get(runKey(playerId, runId));
      return text === null ? undefined : readAccepted(text);
    },
    async accept(playerId, runId, before, now, { score, name, uses, atMs }) {
      const run = runKey(playerId, runId);
      const reply = await redis.acceptRun(
        [run, bestKey(playerId)],
        [before ? writeAccepted(before) : '', writeAccepted(now), RUN_KEPT_SECONDS, score, name, uses, atMs],
      );
      switch (wordOf(reply, run)) {
        case 'accepted':
          return true;
        case 'changed':
          return false;
        default:
          throw new UnknownReply('accept_run', reply);
      }
    },
    async bests(playerIds) {
      const found = await Promise.all(playerIds.map((id) => redis.hGetAll(bestKey(id))));
      return found.map(readBest);
    },
    async enter(kept, playerId, score, atMs) {
      const key = keyOf(kept);
      await redis.zAdd(key, { score: placeOf(score, atMs), value: String(playerId) }, { comparison: 'GT' });
      await redis.zRemRangeByRank(key, 0, -MOST_RANKED - 1);
      if (kept.board === 'daily') await redis.expire(key, BOARD_KEPT_SECONDS);
    },
    async top(kept, most) {
      const rows = await redis.zRangeWithScores(keyOf(kept), 0, most - 1, { REV: true });
      return rows.map(({ value, score }, at) => ({
        playerId: Number(value),
        rank: at + 1,
        score: scoreIn(score),
      }));
    },
    async standing(kept, playerId) {
      const key = keyOf(kept);
      const [rank, place] = await Promise.all([
        redis.zRevRank(key, String(playerId)),
        redis.zScore(key, String(playerId)),
      ]);
      if (rank === null || place === null) return undefined;
      return { playerId, rank: rank + 1, score: scoreIn(place) };
    },
    size: (kept) => redis.zCard(keyOf(kept)),
    async befriend(playerId, otherId, most) {
      const pairs = [
        [playerId, otherId],
        [otherId, playerId],
      ] as const;
      const known = await Promise.all(
        pairs.map(([id, other]) => redis.sIsMember(friendsKey(id), String(other))),
      );
      const counts = await Promise.all(pairs.map(([id]) => redis.sCard(friendsKey(id))));
      if (counts.some((count, at) => count >= most && known[at] !== 1)) return false;
      await Promise.all(pairs.map(([id, other]) => redis.sAdd(friendsKey(id), String(other))));
      return true;
    },
    friends: async (playerId) => (await redis.sMembers(friendsKey(playerId))).map(Number),
  };
}

const writeAccepted = ({ steps, score, digest }: Accepted): string => `${steps} ${score} ${digest}`;

function readAccepted(text: string): Accepted {
  const [steps, score, digest = ''] = text.split(' ');
  return { steps: Number(steps), score: Number(score), digest };
}

function readBest({ s, n = '', u, a }: Record<string, string>): Best | undefined {
  return s === undefined ? undefined : { score: Number(s), name: n, uses: Number(u), atMs: Number(a) };
}
