import { expect, it } from 'vitest';
import { chromiumAdvice, chromiumVersion } from './binary.ts';
import { launchFlags } from './launch.ts';

it.each([
  ['Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)', '156.0.8078.79'],
  ['Google Chrome 140.0.7339.80 ', '140.0.7339.80'],
  ['Google Chrome for Testing 141.0.7390.37', '141.0.7390.37'],
  ['Command "/usr/bin/chromium-browser" requires the chromium snap to be installed.', undefined],
])('reads the version in %j', (output, version) => {
  expect(chromiumVersion(output)).toBe(version);
});

it.each([
  ['debian', 'apt-get install chromium'],
  ['ubuntu', 'playwright-core install'],
  ['fedora', 'dnf install chromium'],
  ['macos', 'brew install'],
  ['windows', 'WSL'],
  ['other', 'package manager'],
] as const)('says in one line what to type on %s', (system, words) => {
  const advice = chromiumAdvice(system);
  expect(advice).toContain(words);
  expect(advice).toContain('CHROMIUM_BIN');
  expect(advice).not.toContain('\n');
});

it('draws with Mesa where it is installed, else with SwiftShader', () => {
  expect(launchFlags({ mesa: true, sandboxless: false })).toContain('--use-angle=gl-egl');
  expect(launchFlags({ mesa: false, sandboxless: false })).toContain('--use-angle=swiftshader');
});

it('has WebGL, unless told otherwise', () => {
  const flags = launchFlags({ mesa: true, sandboxless: false, webgl: false });
  expect(flags).toContain('--disable-software-rasterizer');
  expect(flags.join(' ')).not.toContain('angle');
});

it("gives up Chromium's own sandbox only where it cannot work", () => {
  expect(launchFlags({ mesa: true, sandboxless: true })).toContain('--no-sandbox');
  expect(launchFlags({ mesa: true, sandboxless: false })).not.toContain('--no-sandbox');
});
