import { createInvoiceLink, sendInvoice } from './invoices.ts';
import { answerCallbackQuery, deleteMessage, editMessageText, sendMessage } from './messages.ts';
import type { Method } from './method.ts';
import * as profile from './profile.ts';
import * as stars from './stars.ts';
import { deleteWebhook, getUpdates, getWebhookInfo, setWebhook } from './updates.ts';

/** Every method there is, under its own name. */
export const METHODS: Readonly<Record<string, Method>> = {
  getMe: profile.getMe,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  createInvoiceLink,
  sendInvoice,
  answerPreCheckoutQuery: stars.answerPreCheckoutQuery,
  refundStarPayment: stars.refundStarPayment,
  editUserStarSubscription: stars.editUserStarSubscription,
  getStarTransactions: stars.getStarTransactions,
  getMyStarBalance: stars.getMyStarBalance,
  sendMessage,
  editMessageText,
  deleteMessage,
  answerCallbackQuery,
  setMyCommands: profile.setMyCommands,
  getMyCommands: profile.getMyCommands,
  deleteMyCommands: profile.deleteMyCommands,
  setChatMenuButton: profile.setChatMenuButton,
  getChatMenuButton: profile.getChatMenuButton,
  setMyDescription: profile.setMyDescription,
  getMyDescription: profile.getMyDescription,
  setMyShortDescription: profile.setMyShortDescription,
  getMyShortDescription: profile.getMyShortDescription,
};

const BY_LOWER_CASE = new Map(
  Object.entries(METHODS).map(([name, run]) => [name.toLowerCase(), { name, run }]),
);

/** Names are found whatever the case of their letters. */
export function findMethod(name: string): { name: string; run: Method } | undefined {
  return BY_LOWER_CASE.get(name.toLowerCase());
}
