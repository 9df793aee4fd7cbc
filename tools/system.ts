import { readFileSync } from 'node:fs';

/** The kinds of system for which the tools know what to type. */
export type System = 'debian' | 'ubuntu' | 'fedora' | 'macos' | 'windows' | 'other';

/** @param osRelease the text of `/etc/os-release`, empty where there is none */
export function systemOf(platform: NodeJS.Platform, osRelease: string): System {
  if (platform === 'darwin') return 'macos';
  if (platform === 'win32') return 'windows';
  const fields = osRelease.matchAll(/^(?:ID|ID_LIKE)=(.*)$/gm);
  const families = [...fields].flatMap(([, value = '']) => value.replaceAll('"', '').split(' '));
  if (families.includes('ubuntu')) return 'ubuntu';
  if (families.includes('debian')) return 'debian';
  if (families.includes('fedora') || families.includes('rhel')) return 'fedora';
  return 'other';
}

export function thisSystem(): System {
  let osRelease = '';
  try {
    osRelease = readFileSync('/etc/os-release', 'utf8');
  } catch {
    // Systems without this file are told apart by their platform alone.
  }
  return systemOf(process.platform, osRelease);
}

export const isRoot = (): boolean => process.getuid?.() === 0;
