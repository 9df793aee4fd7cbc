import type { Approvals } from '../purchase/approval.ts';
import type { Redis } from './client.ts';
import { SECOND_PERSON_SECONDS, secondPersonKey } from './keys.ts';

export function createApprovals(redis: Redis): Approvals {
  return {
    async firstToAsk(chargeId, by) {
      const key = secondPersonKey(chargeId);
      await redis.set(key, by, {
        condition: 'NX',
        expiration: { type: 'EX', value: SECOND_PERSON_SECONDS },
      });
      return (await redis.get(key)) ?? by;
    },
  };
}
