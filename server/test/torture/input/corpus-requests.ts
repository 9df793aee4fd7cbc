import type { Case, Target } from './corpus.ts';
import { CORRUPTIONS } from './corruptions.ts';
import { requests } from './specimens.ts';
import { pathsOf, textOf, valueAt, withAt } from './tree.ts';

/** The number that every case asks under. */
export const CASE_ID = '77';

/** Each field of every request, its name and its number, in each way in which they can be wrong. */
export function requestCases({ stock }: Target): Case[] {
  const cases: Case[] = [];
  const add = (name: string, corruption: string, packet: string): void => {
    cases.push({ kind: 'request', name, corruption, packet });
  };
  for (const [event, body] of Object.entries(requests(stock, 'fixed')))
    for (const path of pathsOf(body))
      for (const { name, of } of CORRUPTIONS) {
        const wrong = textOf(withAt(body, path, of(valueAt(body, path))));
        const args = wrong === '' ? '' : `,${wrong}`;
        add(
          `"${event}": ${path.join('.') || 'all of it'} is ${name}`,
          name,
          `42${CASE_ID}["${event}"${args}]`,
        );
      }
  for (const { name, of } of CORRUPTIONS) {
    const wrong = textOf(of('order') ?? '');
    add(`the name of a request is ${name}`, name, `42${CASE_ID}[${wrong},{}]`);
    add(`the number of a request is ${name}`, name, `42${wrong.replaceAll('"', '')}["inventory",{}]`);
    add(`a request has two bodies, and one is ${name}`, name, `42${CASE_ID}["inventory",{},${wrong}]`);
    add(`the namespace is ${name}`, name, `42/${wrong.replaceAll('"', '')},${CASE_ID}["inventory",{}]`);
  }
  // What socket.io keeps for itself.
  for (const event of [
    'connect',
    'connect_error',
    'disconnect',
    'disconnecting',
    'newListener',
    'removeListener',
  ])
    add(`the name of a request is "${event}"`, 'reserved', `42${CASE_ID}["${event}",{}]`);
  for (const event of ['error', 'session', 'inventory:changed', 'catalog:changed', 'toString', 'message'])
    add(`the name of a request is "${event}"`, 'not asked for', `42${CASE_ID}["${event}",{}]`);
  return cases;
}
