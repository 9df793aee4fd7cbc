import type { Case, Target } from './corpus.ts';
import { CORRUPTIONS } from './corruptions.ts';
import { COMMANDS, checkout, command, refunded, type Stock, wrongPayer, wrongSum } from './specimens.ts';
import { pathsOf, type Tree, textOf, valueAt, withAt } from './tree.ts';

const FIRST_PLAYER = 5_000_000;

const SPECIMENS: [name: string, make: (stock: Stock, playerId: number, id: string) => Tree][] = [
  ['a pre-checkout', checkout],
  ['a payment', wrongSum],
  ['a refund', refunded],
  ['a command', (_, playerId, id) => command('paysupport', `of ${id}`, playerId)],
];

/** Each field of every update we take, in each way in which it can be wrong. */
export function updateCases({ stock }: Target): Case[] {
  const cases: Case[] = [];
  const add = (name: string, corruption: string, body: string): void => {
    cases.push({ kind: 'update', name, corruption, body: Buffer.from(body), may: allowed(body) });
  };
  for (const [specimen, make] of SPECIMENS)
    for (const path of pathsOf(make(stock, FIRST_PLAYER, '')))
      for (const { name, of } of CORRUPTIONS) {
        const tree = make(stock, FIRST_PLAYER + cases.length, `c${cases.length}`);
        const body = textOf(withAt(tree, path, of(valueAt(tree, path))));
        add(`${specimen}: ${path.join('.') || 'all of it'} is ${name}`, name, body);
      }
  // The commands differ in what they read of the text, and nothing else.
  for (const each of COMMANDS)
    for (const { name, of } of CORRUPTIONS) {
      const rest = of('1 stx0');
      const said = typeof rest === 'string' ? rest : textOf(rest ?? '');
      add(`/${each} is followed by ${name}`, name, textOf(command(each, said, FIRST_PLAYER + cases.length)));
    }
  for (const [specimen, make] of [...SPECIMENS, ['a payment for another', wrongPayer] as const])
    for (const [name, broken] of brokenTexts(
      textOf(make(stock, FIRST_PLAYER + cases.length, `t${cases.length}`)),
    ))
      add(`${specimen}, ${name}`, name, broken);
  return cases;
}

/** Only what is JSON with a whole number for an update id is an update; and Telegram is told so. */
function allowed(body: string): number[] {
  try {
    const { update_id: id } = JSON.parse(body) as { update_id?: unknown };
    return Number.isSafeInteger(id) ? [200] : [400];
  } catch {
    return [400];
  }
}

/** The text as a whole, broken in ways that no field of it is. */
function brokenTexts(text: string): [name: string, text: string][] {
  return [
    ['cut in half', text.slice(0, text.length / 2)],
    ['with a byte order mark', `﻿${text}`],
    ['with more behind it', `${text}{}`],
    ['in quotes', JSON.stringify(text)],
    ['in an array', `[${text}]`],
    ['with single quotes', text.replaceAll('"', "'")],
    ['with a comma too many', text.replace(/}$/, ',}')],
    ['with a comment', text.replace('{', '{/* */')],
    ['as two updates', `${text}\n${text}`],
    ['with a NUL between', text.replace(',', ',\u0000')],
    ['with every key in capitals', text.replace(/"\w+":/g, (key) => key.toUpperCase())],
    [
      'polluting',
      text.replace('{', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},'),
    ],
  ];
}
