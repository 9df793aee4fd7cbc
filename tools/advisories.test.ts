import { expect, test } from 'vitest';
import { verdictOn } from './advisories.ts';

const report = (counts: Record<string, number>, packages: Record<string, string> = {}): string =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      Object.entries(packages).map(([name, severity]) => [name, { name, severity }]),
    ),
    metadata: {
      vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: 0, ...counts },
    },
  });

test.each([
  ['high', { high: 1, total: 1 }, { ws: 'high' }, '1 high, 0 critical: ws (high)'],
  [
    'critical',
    { critical: 1, low: 1, total: 2 },
    { ws: 'critical', qs: 'low' },
    '0 high, 1 critical: ws (critical)',
  ],
])('a %s finding is red and names the package', (_severity, counts, packages, line) => {
  expect(verdictOn(report(counts, packages))).toEqual({ ok: false, line });
});

test('lesser findings are told and stay green', () => {
  expect(verdictOn(report({ moderate: 2, total: 2 }, { qs: 'moderate' }))).toEqual({
    ok: true,
    line: 'nothing high or critical, 2 lesser',
  });
});

test.each([
  ['', 'the registry does not answer'],
  ['null', 'the registry does not answer'],
  ['npm error network', 'the registry does not answer'],
  ['{"message":"405 Method Not Allowed","statusCode":405}', '405 Method Not Allowed'],
])('a registry that answers %j is not reachable, which is no failure', (text, why) => {
  expect(verdictOn(text)).toEqual({ ok: true, line: `not reachable here: ${why}` });
});
