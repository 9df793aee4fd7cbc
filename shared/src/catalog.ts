import { z } from 'zod';
import { CUES, STACK_RULES, STATS, TRIGGERS } from './sim/vocabulary.ts';

/** The languages the shop speaks. A catalogue has its words in the first two; where one of the others is left out, English stands. */
export const LANGUAGES = ['en', 'ru', 'es', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Like `z.int()`, which on a fraction would keep the rest of the file from being looked at. */
const whole = () => z.number().multipleOf(1).meta({ type: 'integer' });

/** Ids and skus travel in the invoice payload, in Redis keys and in file names, so they stay this plain. */
const slug = z
  .string()
  .regex(/^[a-z0-9_]{1,32}$/, 'use 1 to 32 of a-z, 0-9 and _')
  .refine((text) => !(text in Object.prototype), 'this word has a meaning in JavaScript; choose another id');

const words = (max: number) => {
  const text = z.string().trim().min(1).max(max);
  return z
    .strictObject({ en: text, ru: text, es: text.optional(), ar: text.optional() })
    .meta({ description: `The same words in every language, at most ${max} characters each.` });
};

const title = words(32).describe(
  'The name on the card and on the invoice. Telegram takes at most 32 characters.',
);
const description = words(255).describe(
  'One line that says what it does, with numbers. Telegram takes at most 255 characters.',
);

const stat = z.enum(STATS);
const ms = whole().min(100).max(600_000).describe('Milliseconds of run time.');
const factor = z.number().min(0.05).max(20);
const count = whole().min(1).max(9);
const amount = z.number().min(-10_000).max(10_000);

const modify = z.strictObject({
  op: z.literal('modify'),
  stat,
  mul: factor.optional(),
  add: amount.optional(),
  ms: ms.optional(),
  stack: z.enum(STACK_RULES).optional(),
});
const charge = z.strictObject({ op: z.literal('charge'), stat, add: count, max: count });
const consume = z.strictObject({ op: z.literal('consume'), stat, add: count.optional() });
const revive = z.strictObject({ op: z.literal('revive'), voidBack: z.number().min(0).max(2000), ms });
const invulnerable = z.strictObject({ op: z.literal('invulnerable'), ms });
const score = z.strictObject({ op: z.literal('score'), add: whole().min(1).max(100_000) });
const cue = z.strictObject({ op: z.literal('cue'), id: z.enum(CUES) });

const when = {
  on: z.enum(TRIGGERS).describe('When the effect fires.'),
  if: z
    .strictObject({ stat, gte: z.number() })
    .optional()
    .describe('Only while this stat is at least that much.'),
  // biome-ignore lint/suspicious/noThenProperty: the designers' word; the object is data and is never awaited.
  then: z
    .array(z.discriminatedUnion('op', [modify, charge, consume, revive, invulnerable, score, cue]))
    .max(8)
    .optional()
    .describe('What follows, in order, if the effect fired.'),
};
const effect = z.discriminatedUnion('op', [
  modify.extend(when),
  charge.extend(when),
  consume.extend(when),
  revive.extend(when),
  invulnerable.extend(when),
  score.extend(when),
  cue.extend(when),
]);

export const ICON_GLYPHS = [
  'shield',
  'magnet',
  'clock',
  'wing',
  'rocket',
  'ring',
  'trail',
  'planet',
  'pack',
  'crystal',
  'gate',
] as const;
const icon = z.strictObject({
  glyph: z.enum(ICON_GLYPHS),
  hue: whole().min(0).max(359).describe('Colour of the icon, degrees on the colour wheel.'),
});
export type Icon = z.infer<typeof icon>;

const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'a colour like #7cc4ff');

const consumable = z.strictObject({
  id: slug,
  kind: z.literal('consumable'),
  title,
  description,
  icon,
  perRun: whole().min(1).max(99).optional().describe('How often one run may use it.'),
  slots: z
    .array(z.enum(['hud', 'loadout', 'death']))
    .min(1)
    .describe('Where the player meets it: the slots of the run, the choice before it, the moment of death.'),
  effects: z.array(effect).min(1).max(8),
});

const cosmetic = z.strictObject({
  id: slug,
  kind: z.literal('cosmetic'),
  title,
  description,
  icon,
  look: z.discriminatedUnion('part', [
    z.strictObject({
      part: z.literal('trail'),
      palette: z.array(colour).min(2).max(5),
      width: z.number().min(4).max(24),
    }),
    z.strictObject({
      part: z.literal('planets'),
      palettes: z.array(z.array(colour).length(2)).min(3).max(8),
    }),
  ]),
});

export const itemSchema = z.discriminatedUnion('kind', [consumable, cosmetic]);
export type Item = z.infer<typeof itemSchema>;
export type Consumable = z.infer<typeof consumable>;
export type Cosmetic = z.infer<typeof cosmetic>;

/** A title or a description. */
export type CatalogWords = z.infer<ReturnType<typeof words>>;

export const inLanguage = (text: CatalogWords, language: Language): string => text[language] ?? text.en;

/** Item id → count, as sold, owned and sent. */
export type Grant = Record<string, number>;

const instant = z.iso
  .datetime({ offset: true })
  .describe('A moment with its time zone, like 2026-12-01T00:00:00Z.');

export const offerSchema = z.strictObject({
  sku: slug,
  category: z.enum(['help', 'packs', 'looks']).describe('The shelf of the shop it stands on.'),
  title,
  description,
  priceStars: whole().min(1).max(10_000).describe('Whole Telegram Stars for one.'),
  grant: z
    .record(slug, whole().min(1).max(1_000))
    .refine((grant) => Object.keys(grant).length > 0, 'an offer must grant something')
    .describe('What the player gets: item id and count.'),
  icon: icon.optional().describe('Left out, the icon of the first item granted.'),
  maxQuantity: whole().min(1).max(20).default(1).describe('How many may be bought in one payment.'),
  perPlayer: whole().min(1).max(1_000).optional().describe('How many one player may ever buy.'),
  stock: whole()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('How many all players together may have; what is refunded can be sold again.'),
  onSale: z
    .boolean()
    .default(true)
    .describe('false withdraws the offer at once; unpaid orders for it are refused too.'),
  from: instant.optional().describe('Not sold before.'),
  until: instant.optional().describe('Not sold from this moment on.'),
});
export type Offer = z.infer<typeof offerSchema>;

const file = z.strictObject({
  $schema: z.string().optional(),
  items: z.array(itemSchema).min(1),
  offers: z.array(offerSchema).min(1),
});

/** The designers' file. Beyond the shapes: ids and skus are unique, grants name known items, looks are sold singly. */
export const catalogSchema = file.superRefine(
  (catalog, context) => {
    for (const { path, message } of crossProblems(catalog))
      context.addIssue({ code: 'custom', path, message });
  },
  // Also beside problems of shape, so that a designer reads of all at once.
  { when: ({ value }) => hasLists(value) },
);
export type Catalog = z.infer<typeof catalogSchema>;

/** True for what is owned or not owned, never counted or used up. */
export const isEntitlement = (item: Item): item is Cosmetic => item.kind === 'cosmetic';

const hasLists = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ['items', 'offers'].every((key) => key in value && isListOfObjects(value[key as keyof typeof value]));

const isListOfObjects = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'object' && entry !== null);

/** The parts may still have any shape here, so each is looked at only as far as it has the right one. */
function* crossProblems({
  items,
  offers,
}: z.infer<typeof file>): Generator<{ path: (string | number)[]; message: string }> {
  const known = new Map<string, Item>();
  for (const [index, item] of items.entries()) {
    if (known.has(item.id))
      yield {
        path: ['items', index, 'id'],
        message: `the id "${item.id}" is already taken by an item above`,
      };
    known.set(item.id, item);
  }
  const skus = new Set<string>();
  for (const [index, offer] of offers.entries()) {
    const at = (...path: string[]) => ['offers', index, ...path];
    if (skus.has(offer.sku))
      yield { path: at('sku'), message: `the sku "${offer.sku}" is already taken by an offer above` };
    skus.add(offer.sku);
    for (const [id, count] of Object.entries(offer.grant ?? {})) {
      const kind = known.get(id)?.kind;
      if (kind === undefined) yield { path: at('grant', id), message: `no item has the id "${id}"` };
      if (kind === 'cosmetic' && count > 1)
        yield { path: at('grant', id), message: 'a look is owned or not: grant 1' };
      if (kind === 'cosmetic' && offer.maxQuantity > 1)
        yield { path: at('maxQuantity'), message: 'an offer with a look in it is bought one at a time' };
    }
    if (Date.parse(offer.from ?? '') >= Date.parse(offer.until ?? ''))
      yield { path: at('until'), message: '"until" must lie after "from"' };
  }
}
