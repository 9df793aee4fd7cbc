import type { Platform } from '../../src/host-profile.ts';
import type { Action, Post } from './bridge-state.ts';
import { h } from './dom.ts';
import { PaySheet } from './pay-sheet.ts';
import type { Phone } from './phone.ts';
import { confirm, openPopup } from './popup.ts';
import { type Session, sandbox } from './session.ts';
import type { Words } from './words.ts';

/** What the actions of the bridge reach for: the screen, the player's session, and the game they answer. */
export interface EffectsContext {
  phone: Phone;
  session: Session;
  words: Words;
  platform: Platform;
  post: (event: Omit<Post, 'kind'>) => void;
  invoiceClosed: () => void;
  close: () => void;
  relaunch: (startParam: string) => void;
  minimise: () => void;
}

const DEVICE_STORAGE = 'sandbox:device:';

export function clearDeviceStorage(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(DEVICE_STORAGE)) localStorage.removeItem(key);
  }
}

function deviceStorage(
  { reqId, operation, key, value }: Extract<Action, { kind: 'deviceStorage' }>,
  { post, session }: EffectsContext,
): void {
  const prefix = `${DEVICE_STORAGE}${session.bot.id}:${session.player.id}:`;
  const name = prefix + key;
  if (operation === 'get') {
    const found = localStorage.getItem(name);
    post({ eventType: 'device_storage_key_received', eventData: { req_id: reqId, value: found } });
    return;
  }
  if (operation === 'clear') {
    for (const stored of Object.keys(localStorage)) {
      if (stored.startsWith(prefix)) localStorage.removeItem(stored);
    }
    post({ eventType: 'device_storage_cleared', eventData: { req_id: reqId } });
    return;
  }
  try {
    if (value === null || value === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
    post({ eventType: 'device_storage_key_saved', eventData: { req_id: reqId } });
  } catch {
    post({ eventType: 'device_storage_failed', eventData: { req_id: reqId, error: 'QUOTA_EXCEEDED' } });
  }
}

async function customMethod(
  { reqId, method, params }: Extract<Action, { kind: 'customMethod' }>,
  { post, session }: EffectsContext,
): Promise<void> {
  let answer: { result?: unknown; error?: string };
  try {
    answer = await sandbox.customMethod(session.player.id, method, params);
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) };
  }
  const { result, error } = answer;
  post({
    eventType: 'custom_method_invoked',
    eventData: error === undefined ? { req_id: reqId, result } : { req_id: reqId, error },
  });
}

async function ask(action: Extract<Action, { kind: 'ask' }>, context: EffectsContext): Promise<void> {
  const { words, session, phone } = context;
  const isDownload = action.question === 'download';
  const agreed = await confirm(
    phone.screen,
    {
      message: isDownload ? words.download(action.detail) : words.writeAccess(session.bot.first_name),
      yes: isDownload ? words.downloadYes : words.allow,
    },
    words,
  );
  for (const next of agreed ? action.yes : action.no) perform(next, context);
}

async function share(
  { url, text }: Extract<Action, { kind: 'share' }>,
  { phone, words }: EffectsContext,
): Promise<void> {
  const message = [text, url].filter((part) => part !== '').join('\n');
  if (await confirm(phone.screen, { title: words.share, message, yes: words.copy }, words)) {
    await navigator.clipboard.writeText(message);
    phone.notify(words.copied);
  }
}

function openLink(url: string, { phone, words }: EffectsContext): void {
  const link = h('a', { attrs: { href: url, target: '_blank', rel: 'noopener noreferrer' } });
  if (link.protocol === 'http:' || link.protocol === 'https:') link.click();
  else phone.notify(words.linkBlocked(url));
}

/** Does what the bridge decided. Answers that take time are posted when they are there. */
export function perform(action: Action, context: EffectsContext): void {
  const { phone, session, words, post } = context;
  const { screen, notify } = phone;
  switch (action.kind) {
    case 'post':
      if (action.afterMs === undefined) post(action);
      else setTimeout(() => post(action), action.afterMs);
      break;
    case 'close':
      context.close();
      break;
    case 'pay':
      new PaySheet({
        screen,
        words,
        notify,
        userId: session.player.id,
        slug: action.slug,
        platform: context.platform,
        report: (status) => post({ eventType: 'invoice_closed', eventData: { slug: action.slug, status } }),
        onClosed: context.invoiceClosed,
      });
      break;
    case 'popup':
      void openPopup(screen, action, words).then((id) =>
        post({ eventType: 'popup_closed', eventData: id === undefined ? {} : { button_id: id } }),
      );
      break;
    case 'ask':
      void ask(action, context);
      break;
    case 'haptic':
      phone.haptic(action.label, action.durationMs);
      break;
    case 'openLink':
      openLink(action.url, context);
      break;
    case 'command':
      context.minimise();
      void sandbox.say(session.player.id, action.text).catch((error: unknown) => notify(String(error)));
      break;
    case 'relaunch':
      context.relaunch(action.startParam);
      break;
    case 'share':
      void share(action, context).catch((error: unknown) => notify(String(error)));
      break;
    case 'customMethod':
      void customMethod(action, context);
      break;
    case 'deviceStorage':
      deviceStorage(action, context);
      break;
    case 'hideKeyboard':
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      break;
    case 'notice':
      notify(words.linkInTelegram(action.text));
      break;
  }
}
