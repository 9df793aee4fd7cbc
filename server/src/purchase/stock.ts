import type { Charge } from './charge.ts';
import type { Ending } from './ports.ts';

/** Copies held by an order from its link on, paid or not. */
export const heldByOrder = ({ playerId, orderId }: Ending): string => `${playerId}:${orderId}`;

/** Copies held by a payment that came after its order had ended and given back its own. */
export const heldByCharge = ({ payerId, id }: Charge): string => `${payerId}:charge:${id}`;
