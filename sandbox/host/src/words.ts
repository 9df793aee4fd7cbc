/** What the phone says. The panel beside it is a developer's tool and speaks English only. */
export interface Words {
  botSubtitle: string;
  whatCanItDo: string;
  start: string;
  writeMessage: string;
  send: string;
  commands: string;
  menu: string;
  openPanel: string;
  close: string;
  closeGame: string;
  back: string;
  minimise: string;
  gameMenu: string;
  reload: string;
  settings: string;
  fullscreenOff: string;
  gameRuns: (bot: string) => string;
  gameClosed: (bot: string) => string;
  openGame: string;
  opening: (bot: string) => string;
  slowStart: (origin: string) => string;
  leaveTitle: string;
  leaveText: string;
  stay: string;
  ok: string;
  cancel: string;
  writeAccess: (bot: string) => string;
  allow: string;
  download: (file: string) => string;
  downloadYes: string;
  share: string;
  copy: string;
  copied: string;
  linkInTelegram: (link: string) => string;
  linkBlocked: (link: string) => string;
  confirmPurchase: string;
  buysFrom: (bot: string) => string;
  everyDays: (days: number) => string;
  balance: string;
  confirmAndPay: string;
  confirmName: (stars: number) => string;
  paying: string;
  missing: (stars: number) => string;
  addStars: (stars: number) => string;
  starsAdded: (stars: number) => string;
  paid: (stars: number, title: string) => string;
  notPaid: string;
  /** The sandbox's reasons for a payment that failed, by Telegram's name for them. */
  payErrors: Readonly<Record<string, string>>;
  pay: string;
  payName: (stars: number, title: string) => string;
  paidLine: (bot: string) => string;
  refundedLine: (bot: string) => string;
  edited: string;
  stars: (stars: number) => string;
}

const en: Words = {
  botSubtitle: 'bot',
  whatCanItDo: 'What can this bot do?',
  start: 'Start',
  writeMessage: 'Message',
  send: 'Send',
  commands: 'Commands',
  menu: 'Menu',
  openPanel: 'Sandbox panel',
  close: 'Close',
  closeGame: 'Close game',
  back: 'Back',
  minimise: 'Minimise game',
  gameMenu: 'Game menu',
  reload: 'Reload game',
  settings: 'Settings',
  fullscreenOff: 'Leave fullscreen',
  gameRuns: (bot) => `${bot} is still open`,
  gameClosed: (bot) => `${bot} was closed`,
  openGame: 'Open game',
  opening: (bot) => `Opening ${bot}`,
  slowStart: (origin) =>
    `The game has not said that it is ready (web_app_ready). Is it running, and does it let ${origin} frame it?`,
  leaveTitle: 'Close the game?',
  leaveText: 'Changes that you made may not be saved.',
  stay: 'Stay',
  ok: 'OK',
  cancel: 'Cancel',
  writeAccess: (bot) => `Allow ${bot} to send you messages?`,
  allow: 'Allow',
  download: (file) => `Download ${file}?`,
  downloadYes: 'Download',
  share: 'Share',
  copy: 'Copy',
  copied: 'Copied.',
  linkInTelegram: (link) => `${link} would open in Telegram.`,
  linkBlocked: (link) => `The browser kept ${link} from opening.`,
  confirmPurchase: 'Confirm purchase',
  buysFrom: (bot) => `from ${bot}`,
  everyDays: (days) => `every ${days} days`,
  balance: 'Balance',
  confirmAndPay: 'Confirm and pay',
  confirmName: (stars) => `Confirm and pay ${en.stars(stars)}`,
  paying: 'Paying…',
  missing: (stars) => `You need ${en.stars(stars)} more.`,
  addStars: (stars) => `Add ${en.stars(stars)}`,
  starsAdded: (stars) => `${en.stars(stars)} added.`,
  paid: (stars, title) => `You paid ${en.stars(stars)} for ${title}.`,
  notPaid: 'The payment did not go through.',
  payErrors: {
    SLUG_INVALID: 'This invoice does not exist.',
    INVOICE_ALREADY_PAID: 'This invoice has been paid already.',
    BALANCE_TOO_LOW: 'You have too few Stars.',
    FORM_EXPIRED: 'This invoice has expired.',
    BOT_PRECHECKOUT_TIMEOUT: 'The bot did not answer in time.',
  },
  pay: 'Pay',
  payName: (stars, title) => `Pay ${en.stars(stars)} for ${title}`,
  paidLine: (bot) => `You paid ${bot}`,
  refundedLine: (bot) => `${bot} refunded you`,
  edited: 'edited',
  stars: (stars) => `${stars} ${stars === 1 ? 'Star' : 'Stars'}`,
};

const russianPlural = new Intl.PluralRules('ru');

function zvyozdy(stars: number): string {
  const form = russianPlural.select(stars);
  if (form === 'one') return `${stars} звезда`;
  return `${stars} ${form === 'few' ? 'звезды' : 'звёзд'}`;
}

/** The accusative, as after "pay": one star changes, the others do not. */
const zvyozdyPaid = (stars: number): string => zvyozdy(stars).replace('звезда', 'звезду');

const ru: Words = {
  botSubtitle: 'бот',
  whatCanItDo: 'Что умеет этот бот?',
  start: 'Начать',
  writeMessage: 'Сообщение',
  send: 'Отправить',
  commands: 'Команды',
  menu: 'Меню',
  openPanel: 'Панель песочницы',
  close: 'Закрыть',
  closeGame: 'Закрыть игру',
  back: 'Назад',
  minimise: 'Свернуть игру',
  gameMenu: 'Меню игры',
  reload: 'Перезагрузить игру',
  settings: 'Настройки',
  fullscreenOff: 'Выйти из полного экрана',
  gameRuns: (bot) => `${bot} ещё открыта`,
  gameClosed: (bot) => `${bot} закрыта`,
  openGame: 'Открыть игру',
  opening: (bot) => `Открываем ${bot}`,
  slowStart: (origin) =>
    `Игра ещё не сказала, что готова (web_app_ready). Запущена ли она и разрешает ли показывать себя на ${origin}?`,
  leaveTitle: 'Закрыть игру?',
  leaveText: 'Изменения могут не сохраниться.',
  stay: 'Остаться',
  ok: 'Хорошо',
  cancel: 'Отмена',
  writeAccess: (bot) => `Разрешить ${bot} писать вам сообщения?`,
  allow: 'Разрешить',
  download: (file) => `Скачать ${file}?`,
  downloadYes: 'Скачать',
  share: 'Поделиться',
  copy: 'Скопировать',
  copied: 'Скопировано.',
  linkInTelegram: (link) => `${link} откроется в Telegram.`,
  linkBlocked: (link) => `Браузер не дал открыть ${link}.`,
  confirmPurchase: 'Подтверждение покупки',
  buysFrom: (bot) => `у ${bot}`,
  everyDays: (days) => `каждые ${days} дней`,
  balance: 'Баланс',
  confirmAndPay: 'Подтвердить и заплатить',
  confirmName: (stars) => `Подтвердить и заплатить ${zvyozdyPaid(stars)}`,
  paying: 'Оплата…',
  missing: (stars) => `Не хватает: ${zvyozdy(stars)}.`,
  addStars: (stars) => `Добавить ${zvyozdyPaid(stars)}`,
  starsAdded: (stars) => `Добавлено: ${zvyozdy(stars)}.`,
  paid: (stars, title) => `Вы заплатили ${zvyozdyPaid(stars)}: ${title}.`,
  notPaid: 'Оплата не прошла.',
  payErrors: {
    SLUG_INVALID: 'Такого счёта нет.',
    INVOICE_ALREADY_PAID: 'Этот счёт уже оплачен.',
    BALANCE_TOO_LOW: 'Не хватает звёзд.',
    FORM_EXPIRED: 'Срок счёта истёк.',
    BOT_PRECHECKOUT_TIMEOUT: 'Бот не ответил вовремя.',
  },
  pay: 'Заплатить',
  payName: (stars, title) => `Заплатить ${zvyozdyPaid(stars)}: ${title}`,
  paidLine: (bot) => `Вы заплатили ${bot}`,
  refundedLine: (bot) => `${bot}: возврат`,
  edited: 'изменено',
  stars: zvyozdy,
};

/** The words for a player's language (IETF tag); English where there are none. */
export function wordsFor(languageCode: string): Words {
  return languageCode.toLowerCase().startsWith('ru') ? ru : en;
}

/** What went wrong in words. A refusal by the bot at pre-checkout is shown as the bot wrote it. */
export function payError(error: string | undefined, words: Words): string {
  if (error === undefined) return words.notPaid;
  const refusal = /BOT_PRECHECKOUT_FAILED: (.+)/s.exec(error)?.[1];
  const code = /[A-Z]+(?:_[A-Z]+)+/.exec(error)?.[0] ?? '';
  return refusal ?? words.payErrors[code] ?? error;
}
