import { mutantsOf } from './mutant.ts';

/** Mistakes in what the shop decides. */
export const RULE_MUTANTS = [
  ...mutantsOf(
    'src/purchase/settlement.ts',
    [
      'if (payload.playerId !== payment.payerId)',
      'if (false)',
      'whoever pays, the owner of the order gets the goods',
    ],
    ['payment.amountStars !== terms.priceStars', 'false', 'any sum pays for anything'],
    [
      'payment.amountStars !== terms.priceStars',
      'payment.amountStars < terms.priceStars',
      'who pays too much gets nothing back',
    ],
    ['result: reason, grant: {}', 'result: reason, grant: { shield: 1 }', 'a refused payment records goods'],
    [
      'priceStars: offer.priceStars * quantity',
      'priceStars: offer.priceStars',
      'several cost as much as one',
    ],
    [
      'grant: times(offer.grant, quantity), perPlayer',
      'grant: offer.grant, perPlayer',
      'several give as much as one',
    ],
    [', perPlayer, stock };', ', perPlayer };', 'a late payment takes no copy'],
    [', perPlayer, stock };', ', stock };', 'a late payment knows no limit of one player'],
    ['amountStars: payment.amountStars,', 'amountStars: 1,', 'the record tells another sum'],
  ),
  ...mutantsOf(
    'src/purchase/checkout.ts',
    ['if (payload.playerId !== query.payerId)', 'if (false)', 'a friend is asked to pay'],
    [
      "if (state === 'expired')",
      "if (state === 'closed')",
      'the last check lets an order pay that has expired',
    ],
    ['query.amountStars !== order.priceStars', 'false', 'the last check lets any sum pass'],
    ['if (!offer?.onSale)', 'if (!offer)', 'what was withdrawn is sold'],
    ['order.revision === payload.revision', 'true', 'the last check lets another price pass'],
    ["if (state === 'credited')", "if (state === 'closed')", 'a paid order is refused as ended'],
  ),
  ...mutantsOf(
    'src/purchase/order.ts',
    [
      'priceStars: offer.priceStars * quantity',
      'priceStars: offer.priceStars',
      'several are ordered for the price of one',
    ],
    [
      'grant: times(offer.grant, quantity),',
      'grant: offer.grant,',
      'an order promises less than was ordered',
    ],
    [
      'nowMs >= order.expiresAtMs',
      'nowMs > order.expiresAtMs',
      'an order lives a moment longer than was said',
    ],
    ['quantity > offer.maxQuantity', 'false', 'more may be ordered at once than allowed'],
    ['if (!offer.onSale) return false;', '', 'what was withdrawn is offered'],
    ['+ quantity > offer.perPlayer', '> offer.perPlayer', 'one more than a player may have is ordered'],
  ),
  ...mutantsOf(
    'src/purchase/charge.ts',
    [
      "result === 'credit' && refundedAtMs === undefined",
      'refundedAtMs === undefined',
      'what was refused counts as bought',
    ],
    [
      "result === 'credit' && refundedAtMs === undefined",
      "result === 'credit'",
      'what was refunded counts as bought',
    ],
    [
      'const { amountStars: priceStars, paidAtMs } = charge;',
      'const { quantity: priceStars, paidAtMs } = charge;',
      'an order that was lost comes back with another price',
    ],
    [
      "charge.owedAtMs === undefined ? 'credited' : 'refunding'",
      "true ? 'credited' : 'refunding'",
      'a refund under way looks like a purchase',
    ],
  ),
  ...mutantsOf(
    'src/purchase/purchase.ts',
    ["if (!open) return { refused: 'restoring' };", '', 'a shop that is restored takes orders'],
    [
      "if (!open) return { approved: false, reason: 'restoring' };",
      '',
      'a shop that is restored lets Telegram take Stars',
    ],
    [
      'return isRepeat(known, request) ? offerLink',
      'return true ? offerLink',
      'an order id answers for another offer',
    ],
    ["if (!isPayable(order)) return { refused: 'order_ended' };", '', 'an order that ended is offered'],
    [
      'offer.stock === undefined ? undefined : await holdStock(order, offer.stock)',
      'undefined',
      'a limited offer is sold without a copy',
    ],
    ["await orders.end(ending, 'closed', clock.nowMs());", '', 'an order without a copy stays open'],
    ['await giveBackUnpaid(ending, state);', '', 'an order that ended as it took its copies keeps them'],
    [
      "if ((state === 'new' || state === 'ready') && isPayable(order)) return undefined;\n    await",
      'if (state) return undefined;\n    await',
      'an order that ended as it took its copies keeps them and is offered',
    ],
    [
      'limit === undefined ? undefined : await holdStock(known, limit)',
      'undefined',
      'the last check does not look for a copy',
    ],
    [
      "return state === 'ready' ? decision :",
      'return state ? decision :',
      'an order that ended during the last check is paid',
    ],
    [
      'const state = await orders.markReady(known.playerId, known.id);',
      "const state = 'ready' as string;",
      'no order becomes ready',
    ],
    [
      "case 'order_paid':\n        return keep(hold(payment, payload, 'second'",
      "case 'order_paid':\n        return keep(hold(payment, payload, 'limit'",
      'a second payment is told as beyond the limit',
    ],
    [
      "case 'sold_out':\n        return keep(hold(payment, payload, 'stock'",
      "case 'sold_out':\n        return keep(hold(payment, payload, 'orphan'",
      'a payment of what is sold out is told as none of ours',
    ],
    [
      "if (terms.stock !== undefined && settled.charge.result !== 'credit')",
      'if (false)',
      'a payment that was refused keeps copies',
    ],
    [
      'await stock.give(sku, heldByOrder({ playerId, sku, orderId }));\n    if (!(await',
      'if (!(await',
      'a late payment takes copies beside those of its order',
    ],
    ['heldOnly: limit !== undefined', 'heldOnly: false', 'a late payment takes no copy'],
    [
      "return { kind: 'sold_out' };\n    const second",
      'return first as never;\n    const second',
      'a late payment of what is sold out has no end',
    ],
    ['await settle(payment);\n      ended', 'ended', 'a refund of a payment never heard of is lost'],
    ['await giveBackRefunded(ended.charge);', '', 'a refund gives no copy back'],
    [
      "if (state === 'new' || state === 'ready') return;\n    const isPaid",
      'const isPaid',
      'the sweep gives back the copies of an open order',
    ],
    [
      'if (!isPaid) await stock.give',
      'if (isPaid) await stock.give',
      'copies of the unpaid are never sold again',
    ],
    ['await orders.forget(ending);', '', 'the sweep never comes to an end'],
    [
      "await orders.end(each, 'expired', clock.nowMs())",
      "'expired'",
      'the sweep gives back the copies of what was paid',
    ],
    [
      'await stock.give(sku, heldByOrder({ playerId, sku, orderId }));\n    await',
      'await',
      'a refunded order keeps its copies',
    ],
    ['await stock.give(sku, heldByCharge(charge));', '', 'a refunded late payment keeps its copies'],
    [
      "if (charge.result !== 'credit') return;\n    const revision",
      'const revision',
      'a refused payment gives back the copies of a kept one',
    ],
    ['(await cursor.read()) !== undefined', 'true', 'a shop is open before the ledger was walked'],
    [
      'order.sku === request.sku && order.quantity',
      'order.quantity',
      'an order id answers for another offer',
    ],
    ['bought: countBought(charges)', 'bought: {}', 'what was bought before does not count'],
  ),
];
