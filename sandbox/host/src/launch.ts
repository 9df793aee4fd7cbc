import { PLATFORMS, type Platform } from '../../src/host-profile.ts';
import { sandbox } from './session.ts';
import { THEME_PARAMS, type ThemeName } from './theme.ts';

/** How the game is launched, and in which of Telegram's apps; Web A of today unless panel or address say otherwise. */
export interface LaunchChoice {
  platform: Platform;
  version: string;
  startParam: string;
  fullscreen: boolean;
  /** Seconds from the game's being ready until its page is loaded anew, again and again; 0 for never. */
  reloadEvery: number;
}

export const VERSIONS = ['9.1', '9.0', '8.0', '7.10', '7.7', '6.9', '6.2', '6.0'] as const;

/** Longest time between two reloads that can be chosen, in seconds. */
export const RELOAD_EVERY_MAX = 600;

/**
 * Reads `platform`, `version`, `startapp`, `fullscreen` and `reload` of the host page's own address. Throws when it
 * names an app that there is not.
 */
export function choiceFrom(search: string): LaunchChoice {
  const query = new URLSearchParams(search);
  const wanted = query.get('platform') ?? 'weba';
  const platform = PLATFORMS.find((name) => name === wanted);
  if (!platform)
    throw new Error(
      `The address asks for the platform "${wanted}". There are ${PLATFORMS.join(', ')}: write one of them.`,
    );
  return {
    platform,
    version: query.get('version') ?? VERSIONS[0],
    startParam: query.get('startapp') ?? '',
    fullscreen: query.get('fullscreen') === '1',
    reloadEvery: secondsOf(query.get('reload') ?? ''),
  };
}

/** Whole seconds from 0 to the longest; 0 for anything that is no number. */
export function secondsOf(text: string): number {
  const seconds = Math.round(Number(text));
  return Number.isFinite(seconds) ? Math.min(RELOAD_EVERY_MAX, Math.max(0, seconds)) : 0;
}

/** Asks the sandbox for a signed address of the game: the web app's own `url`, or the menu button's when absent. */
export async function launch(
  userId: number,
  choice: LaunchChoice,
  theme: ThemeName,
  url?: string,
): Promise<string> {
  const { src } = await sandbox.launch({
    userId,
    url,
    startParam: choice.startParam || undefined,
    platform: choice.platform,
    version: choice.version,
    theme,
    themeParams: THEME_PARAMS[theme],
    fullscreen: choice.fullscreen || undefined,
  });
  return src;
}
