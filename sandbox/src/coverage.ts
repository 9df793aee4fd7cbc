/**
 * How much of a method or event of Telegram's this sandbox has. `absent` methods answer as unknown ones do.
 */
export interface Coverage {
  status: 'supported' | 'partial' | 'absent';
  /** What is missing, for `partial`. */
  note?: string;
}

const SUPPORTED: Coverage = { status: 'supported' };

function partial(note: string): Coverage {
  return { status: 'partial', note };
}

const PRESENT = {
  getMe: SUPPORTED,
  getUpdates: SUPPORTED,
  setWebhook: partial('`certificate` is noted but not used, `ip_address` only shown'),
  deleteWebhook: SUPPORTED,
  getWebhookInfo: SUPPORTED,
  createInvoiceLink: partial('Stars only; no business connections; `photo_url` is not fetched'),
  sendInvoice: partial('Stars only, private chats only; `photo_url` is not fetched'),
  answerPreCheckoutQuery: SUPPORTED,
  refundStarPayment: SUPPORTED,
  editUserStarSubscription: partial('keeps the record; renewals happen only through `POST /sandbox/renew`'),
  getStarTransactions: partial('invoice payments and their refunds; nothing else moves Stars here'),
  getMyStarBalance: SUPPORTED,
  sendMessage: partial('private chats; `parse_mode` HTML or `entities`, no Markdown; inline keyboards only'),
  editMessageText: partial("the bot's own texts in private chats; no inline messages"),
  deleteMessage: partial('private chats, whatever the age of the message'),
  answerCallbackQuery: SUPPORTED,
  setMyCommands: SUPPORTED,
  getMyCommands: SUPPORTED,
  deleteMyCommands: SUPPORTED,
  setChatMenuButton: SUPPORTED,
  getChatMenuButton: SUPPORTED,
  setMyDescription: SUPPORTED,
  getMyDescription: SUPPORTED,
  setMyShortDescription: SUPPORTED,
  getMyShortDescription: SUPPORTED,
} as const satisfies Record<string, Coverage>;

const ABSENT = `
logOut close sendRichMessage forwardMessage forwardMessages copyMessage copyMessages sendPhoto
sendLivePhoto sendAudio sendDocument sendVideo sendAnimation sendVoice sendVideoNote sendPaidMedia
sendMediaGroup sendLocation editMessageLiveLocation stopMessageLiveLocation sendVenue sendContact
sendPoll sendChecklist editMessageChecklist sendDice sendMessageDraft sendRichMessageDraft
sendChatAction setMessageReaction getUserProfilePhotos getUserProfileAudios setUserEmojiStatus getFile
banChatMember unbanChatMember restrictChatMember promoteChatMember setChatAdministratorCustomTitle
setChatMemberTag banChatSenderChat unbanChatSenderChat setChatPermissions exportChatInviteLink
createChatInviteLink editChatInviteLink createChatSubscriptionInviteLink editChatSubscriptionInviteLink
revokeChatInviteLink approveChatJoinRequest declineChatJoinRequest answerChatJoinRequestQuery
sendChatJoinRequestWebApp approveSuggestedPost declineSuggestedPost setChatPhoto deleteChatPhoto
setChatTitle setChatDescription pinChatMessage unpinChatMessage unpinAllChatMessages leaveChat getChat
getChatAdministrators getChatMemberCount getChatMember getUserPersonalChatMessages setChatStickerSet
deleteChatStickerSet getForumTopicIconStickers createForumTopic editForumTopic closeForumTopic
reopenForumTopic deleteForumTopic unpinAllForumTopicMessages editGeneralForumTopic
closeGeneralForumTopic reopenGeneralForumTopic hideGeneralForumTopic unhideGeneralForumTopic
unpinAllGeneralForumTopicMessages answerGuestQuery getUserChatBoosts getUserGifts getChatGifts
getBusinessConnection getManagedBotToken replaceManagedBotToken getManagedBotAccessSettings
setManagedBotAccessSettings setMyName getMyName setMyProfilePhoto removeMyProfilePhoto
setMyDefaultAdministratorRights getMyDefaultAdministratorRights editMessageCaption editMessageMedia
editMessageReplyMarkup stopPoll editEphemeralMessageText editEphemeralMessageMedia
editEphemeralMessageCaption editEphemeralMessageReplyMarkup deleteMessages deleteEphemeralMessage
deleteMessageReaction deleteAllMessageReactions deleteBusinessMessages setBusinessAccountName
setBusinessAccountUsername setBusinessAccountBio setBusinessAccountProfilePhoto
removeBusinessAccountProfilePhoto setBusinessAccountGiftSettings getBusinessAccountStarBalance
transferBusinessAccountStars getBusinessAccountGifts convertGiftToStars upgradeGift transferGift
postStory repostStory editStory deleteStory sendSticker getStickerSet getCustomEmojiStickers
uploadStickerFile createNewStickerSet addStickerToSet setStickerPositionInSet deleteStickerFromSet
replaceStickerInSet setStickerEmojiList setStickerKeywords setStickerMaskPosition setStickerSetTitle
deleteStickerSet setStickerSetThumbnail setCustomEmojiStickerSetThumbnail getAvailableGifts sendGift
giftPremiumSubscription answerInlineQuery answerWebAppQuery savePreparedInlineMessage
savePreparedKeyboardButton answerShippingQuery verifyUser verifyChat removeUserVerification
removeChatVerification readBusinessMessage setPassportDataErrors sendGame setGameScore getGameHighScores
kickChatMember getChatMembersCount
`
  .trim()
  .split(/\s+/);

/** Every method of the Bot API, by its own name. */
export const METHOD_COVERAGE: Readonly<Record<string, Coverage>> = {
  ...PRESENT,
  ...Object.fromEntries(ABSENT.map((name) => [name, { status: 'absent' as const }])),
};

const ABSENT_NAMES = new Set(ABSENT.map((name) => name.toLowerCase()));

/** Whether Telegram has this method but the sandbox has not. */
export function isAbsent(name: string): boolean {
  return ABSENT_NAMES.has(name.toLowerCase());
}
