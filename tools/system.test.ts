import { expect, it } from 'vitest';
import { systemOf } from './system.ts';

it.each([
  ['debian', 'linux', 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n'],
  ['ubuntu', 'linux', 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n'],
  ['ubuntu', 'linux', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'],
  ['debian', 'linux', 'ID=raspbian\nID_LIKE=debian\n'],
  ['fedora', 'linux', 'ID=fedora\n'],
  ['fedora', 'linux', 'ID="rocky"\nID_LIKE="rhel centos fedora"\n'],
  ['other', 'linux', 'ID=alpine\n'],
  ['other', 'linux', ''],
  ['macos', 'darwin', ''],
  ['windows', 'win32', ''],
] as const)('knows %s (%s, %j)', (system, platform, osRelease) => {
  expect(systemOf(platform, osRelease)).toBe(system);
});
