/** Whether there is an app around the page to talk to: what can be known of Telegram before its SDK has arrived. */
export function isFramed(): boolean {
  const { external } = window as { external?: { notify?: unknown } };
  return window.parent !== window || 'TelegramWebviewProxy' in window || external?.notify !== undefined;
}
