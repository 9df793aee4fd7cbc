/**
 * Runs by itself before the splash is painted, as a plain script: it may import nothing. Telegram tells its theme in the
 * address, so the edges of the splash can take the colour that is around them before anything else of ours has loaded.
 */
try {
  const told: unknown = JSON.parse(
    new URLSearchParams(location.hash.slice(1)).get('tgWebAppThemeParams') ?? '{}',
  );
  const { bg_color: colour } = told as { bg_color?: unknown };
  if (typeof colour === 'string' && /^#[\da-f]{6}$/i.test(colour))
    document.documentElement.style.setProperty('--host', colour);
} catch (error) {
  console.warn('splash: the theme in the address can not be read, the edges stay as dark as the sky', error);
}
