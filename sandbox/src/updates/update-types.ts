/** The update types a bot gets unless it says otherwise. */
const BY_DEFAULT = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
  'shipping_query',
  'pre_checkout_query',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'purchased_paid_media',
  'managed_bot',
  'guest_message',
  'subscription',
] as const;

const ON_REQUEST = ['chat_member', 'message_reaction', 'message_reaction_count'];

const KNOWN: ReadonlySet<string> = new Set([...BY_DEFAULT, ...ON_REQUEST]);

export const DEFAULT_TYPES: ReadonlySet<string> = new Set(BY_DEFAULT);

/**
 * Reads `allowed_updates`, a JSON array of names. Undefined means "keep what was set": nothing was given, or no
 * list of strings. Unknown names are dropped; when no known one is left, the default set applies.
 */
export function readAllowedUpdates(text: string): ReadonlySet<string> | undefined {
  if (text === '') return undefined;
  let names: unknown;
  try {
    names = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) return undefined;
  const known = names.map((name) => name.toLowerCase()).filter((name) => KNOWN.has(name));
  return known.length > 0 ? new Set(known) : DEFAULT_TYPES;
}
