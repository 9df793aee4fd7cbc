/**
 * What can be known and said of the app around the page without Telegram's SDK, which arrives after the picture.
 */

interface Around {
  TelegramWebviewProxy?: { postEvent(event: string, data: string): void };
  external?: { notify?(message: string): void };
}

/** Whether anybody is there to talk to. A browser of its own has no app around it. */
export function isFramed(): boolean {
  const { TelegramWebviewProxy: android, external } = window as Around;
  return window.parent !== window || android !== undefined || external?.notify !== undefined;
}

/**
 * Takes Telegram's own sign of loading away, so that ours is seen, and asks for the whole height. The messages hold nothing that
 * another frame must not read. Never throws.
 */
export function greet(): void {
  try {
    tell('web_app_ready');
    tell('web_app_expand');
  } catch (error) {
    console.warn('telegram: the app around the page can not be greeted, its sign of loading may stay', error);
  }
}

/** As telegram-web-app.js sends an event without data. */
function tell(eventType: string): void {
  const { TelegramWebviewProxy: android, external } = window as Around;
  if (android) android.postEvent(eventType, '""');
  else if (external?.notify) external.notify(JSON.stringify({ eventType, eventData: '' }));
  else window.parent.postMessage(JSON.stringify({ eventType, eventData: '' }), '*');
}
