import { sandbox } from './session.ts';
import { THEME_PARAMS, type ThemeName } from './theme.ts';

/** How the game is told it was launched. Telegram Web A of today unless the panel or the address says otherwise. */
export interface LaunchProfile {
  platform: string;
  version: string;
  startParam: string;
  fullscreen: boolean;
}

export const PLATFORMS = ['weba', 'web', 'tdesktop', 'macos', 'ios', 'android'] as const;
export const VERSIONS = ['9.1', '9.0', '8.0', '7.10', '7.7', '6.9', '6.2', '6.0'] as const;

/** Reads `platform`, `version`, `startapp` and `fullscreen` of the host page's own address. */
export function profileFrom(search: string): LaunchProfile {
  const query = new URLSearchParams(search);
  return {
    platform: query.get('platform') ?? PLATFORMS[0],
    version: query.get('version') ?? VERSIONS[0],
    startParam: query.get('startapp') ?? '',
    fullscreen: query.get('fullscreen') === '1',
  };
}

/** Asks the sandbox for a signed address of the game: the web app's own `url`, or the menu button's when absent. */
export async function launch(
  userId: number,
  profile: LaunchProfile,
  theme: ThemeName,
  url?: string,
): Promise<string> {
  const { src } = await sandbox.launch({
    userId,
    url,
    startParam: profile.startParam || undefined,
    platform: profile.platform,
    version: profile.version,
    theme,
    themeParams: THEME_PARAMS[theme],
    fullscreen: profile.fullscreen || undefined,
  });
  return src;
}
