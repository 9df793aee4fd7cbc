import { mutantsOf } from './mutant.ts';

/** Mistakes in the walk of the ledger, in the refunds, at the edge of Telegram and of Redis. */
export const EDGE_MUTANTS = [
  ...mutantsOf(
    'src/purchase/reconcile.ts',
    ['(known ?? 0) - OVERLAP', '(known ?? 0) - 1', 'a row that the ledger shows late is never walked'],
    [
      'if (count < PAGE) return { end, gone };',
      'return { end, gone };',
      'a long ledger is never walked to its end',
    ],
    [
      '(gone.has(row.payment.chargeId) ? late : lasting)',
      'lasting',
      'an emptied store credits the payment that went back',
    ],
    [
      'const settled = await purchase.settle(payment);',
      "const settled = { kind: 'exists' } as never as Settled;",
      'the walk settles nothing',
    ],
    [
      'const charge = await purchase.refunded(payment);',
      'const charge = undefined as Charge | undefined;',
      'the walk hears of no refund',
    ],
    [
      'if (failures.length > 0) throw couldNot(failures);\n  const isKept',
      'const isKept',
      'a row that failed is walked past',
    ],
    [
      "late.filter(({ kind }) => kind === 'refund'),\n    settle,",
      'late.filter(() => false),\n    settle,',
      'an emptied store refunds again',
    ],
    ['await cursor.end(token, end)', 'true', 'the shop never opens again'],
    [
      'offset += count;',
      'offset += PAGE;',
      'the walk leaves out rows of a short page',
      'A page is shorter than was asked for only at the end of the ledger, where nothing follows.',
    ],
  ),
  ...mutantsOf(
    'src/purchase/refunds.ts',
    ['await stars.refund(owed.payerId, owed.chargeId)', 'true', 'a refund is booked and never made'],
    ['if (isRefused && (await', 'if ((await', 'a refund that only failed is given up'],
    ['if (isRefused && (await', 'if (false && (await', 'a refund that Telegram refuses is tried for ever'],
    ['return putOff(owed, error);', 'return undefined;', 'a refund that failed is not put off'],
    ['await ledger.postpone(owed, nextAtMs);', '', 'a refund that failed is tried without a pause'],
    ["if (ended.kind === 'refunded') events.onRefunded", 'events.onRefunded', 'a refund is told twice'],
    ['await giveBack(ended.charge);', '', 'the queue gives no copy back'],
  ),
  ...mutantsOf(
    'src/purchase/usage.ts',
    ['use.count ?? 1', '1', 'several used at once cost one'],
    ['if (isEntitlement(item))', 'if (false)', 'a look can be used up'],
  ),
  ...mutantsOf(
    'src/telegram/receipts.ts',
    ['onSettled(await purchase.settle(payment));', '', 'a payment is taken note of and not settled'],
    [
      'const charge = await purchase.refunded(payment);',
      'const charge = undefined as Charge | undefined;',
      'a refund is taken note of and not booked',
    ],
    ['if (message.successful_payment) {', 'if (true) {', 'a refund is settled as a payment'],
  ),
  ...mutantsOf(
    'src/telegram/deliver.ts',
    ['if (again) throw err;', '', 'a payment whose handling failed is never told again'],
    [
      'message?.successful_payment ?? message?.refunded_payment',
      'message?.successful_payment',
      'refunds are not heard of',
    ],
  ),
  ...mutantsOf(
    'src/telegram/stars.ts',
    [
      "error.description.includes('CHARGE_ALREADY_REFUNDED')",
      'false',
      'a refund made before is never finished',
    ],
    [
      '/CHARGE_NOT_FOUND|CHARGE_ID_INVALID|',
      '/CHARGE_NOT_FOUND|',
      'a refusal for good is taken for a failure',
    ],
    ['/CHARGE_NOT_FOUND|', '/BALANCE_TOO_LOW|CHARGE_NOT_FOUND|', 'a bot short of Stars gives a refund up'],
    [
      'count: transactions.length,',
      'count: transactions.flatMap((transaction) => ledgerRowOf(transaction) ?? []).length,',
      'rows of no concern are not counted',
    ],
    [
      'getStarTransactions({ offset, limit })',
      'getStarTransactions({ offset: 0, limit })',
      'only the first page of the ledger is read',
    ],
  ),
  ...mutantsOf(
    'src/telegram/payment.ts',
    [
      "kind: transaction.source ? 'payment' : 'refund'",
      "kind: 'payment' as const",
      'the ledger tells of no refund',
    ],
    [
      'amountStars: transaction.amount + Math.abs',
      'amountStars: transaction.amount - 1 + Math.abs',
      'the ledger tells another sum',
    ],
    ["amountStars: wholeIn(paid, 'total_amount', 0)", 'amountStars: 1', 'an update tells another sum'],
    ['paidAtMs: transaction.date * 1_000', 'paidAtMs: transaction.date', 'the ledger tells another time'],
  ),
  ...mutantsOf(
    'src/telegram/invoices.ts',
    ['amount: order.priceStars', 'amount: 1', 'everything costs one Star'],
    ['sku, quantity, revision });', 'sku, quantity: 1, revision });', 'a link names another quantity'],
  ),
  ...mutantsOf(
    'src/redis/ledger.ts',
    ['limits.perPlayer ?? 0,', '0,', 'no limit of one player is checked as a payment comes'],
    ["limits.heldOnly ? 'held' : '',", "'',", 'an ended order is credited without a copy'],
    ["{ condition: 'XX' },", '{},', 'a finished refund comes back into the queue'],
    [
      'const { payerId, id: chargeId, owedAtMs = charge.paidAtMs } = charge;',
      'const { payerId, id: chargeId } = charge;\n      const owedAtMs = charge.paidAtMs + 86_400_000;',
      'a refused payment is given back a day later',
    ],
    [
      'Number(text.slice(0, colon))',
      'Number(text.slice(1, colon))',
      'the queue of refunds knows another payer',
    ],
  ),
  ...mutantsOf(
    'src/redis/orders.ts',
    [
      'if (a !== undefined) return find(playerId, a);',
      '',
      'the order that a second tap stands for is not found',
    ],
    ['limits.perPlayer ?? 0,', '0,', 'no limit of one player is checked as an order is placed'],
    ['nowMs, as]', "nowMs, 'closed']", 'an order ends before its time'],
    ['chargeId: c,', 'chargeId: undefined,', 'an order does not know its charge'],
  ),
  ...mutantsOf(
    'src/redis/record.ts',
    ["...told('owed', charge.owedAtMs),", '', 'the record of a refused payment does not say that it is owed'],
    ["goods.join(',')", "goods.slice(0, 1).join(',')", 'a pack gives its first item only'],
    ['orderId || NONE, sku || NONE', 'sku || NONE, orderId || NONE', 'the record mixes up order and offer'],
    ['Number(paid) * 1_000', 'Number(paid)', 'a record is read with another time'],
  ),
  ...mutantsOf(
    'src/redis/cursor.ts',
    [
      'rows === undefined || rows === WALKING ? undefined',
      'rows === undefined ? undefined',
      'a shop is open while its ledger is walked for the first time',
    ],
    ['randomUUID()}`, { condition', "'one'}`, { condition", 'two walks of two stores are taken for one'],
  ),
  ...mutantsOf(
    'src/redis/inventories.ts',
    ['if (have > 0) items', 'if (have !== 0) items', 'a debt is shown as goods'],
    [
      "if (item === '#rev' || have === 0) continue;",
      'if (have === 0) continue;',
      'the revision is shown as an item',
    ],
  ),
  ...mutantsOf('src/redis/keys.ts', [
    'return playerId % BUCKETS;',
    'return (playerId + 1) % BUCKETS;',
    'players move to other keys',
    'All keys move together. Only a store that was filled before would see it: a change of the layout, not of the rules.',
  ]),
  ...mutantsOf(
    'src/redis/sweep.ts',
    ['first < BUCKETS', 'first < BUCKETS - AT_ONCE', 'the last buckets are never swept'],
    ["'-inf', nowMs", "'-inf', nowMs - 1", 'what is due is swept a moment later'],
  ),
];
