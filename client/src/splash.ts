/*
 * Runs by itself before the splash is painted, as a plain script: it may import nothing. What is done here works even when nothing
 * else of the page arrives.
 */

interface Around {
  TelegramWebviewProxy?: { postEvent(event: string, data: string): void };
  external?: { notify?(message: string): void };
}

// Telegram takes its own sign of loading away, so that ours is seen, and gives the page its whole height. In a block: a plain script's names
// are everybody's.
{
  const { TelegramWebviewProxy: app, external } = window as Around;
  /** As telegram-web-app.js sends an event without data. The messages hold nothing that another frame must not read. */
  const tell = (eventType: string): void => {
    const message = JSON.stringify({ eventType, eventData: '' });
    if (app) app.postEvent(eventType, '""');
    else if (external?.notify) external.notify(message);
    else if (window.parent !== window) window.parent.postMessage(message, '*');
  };
  try {
    tell('web_app_ready');
    tell('web_app_expand');
  } catch (error) {
    console.warn('splash: the app around the page can not be greeted, its sign of loading may stay', error);
  }
}

// Telegram tells its theme in the address: the edges of the splash take the colour that is around them.
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

// The key that comes when nothing else does.
document.addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('#again')) location.reload();
});
