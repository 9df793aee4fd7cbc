import { hostProfile, PLATFORMS, type Platform } from '../../src/host-profile.ts';
import { described } from './described.ts';
import { button, h } from './dom.ts';
import { icon, star } from './icons.ts';
import { type LaunchChoice, RELOAD_EVERY_MAX, secondsOf, VERSIONS } from './launch.ts';
import type { Session } from './session.ts';
import type { ThemeName } from './theme.ts';

export interface PlayerCommands {
  choice: LaunchChoice;
  switchPlayer: (id: number) => void;
  newPlayer: () => void;
  setPlatform: (platform: Platform) => void;
  setLanguage: (languageCode: string) => void;
  addStars: (stars: number) => void;
  toggleTheme: () => void;
  openGame: () => void;
  reset: () => void;
}

const LANGUAGES = [
  ['en', 'English'],
  ['ru', 'Русский'],
  ['de', 'Deutsch'],
  ['es', 'Español'],
  ['ar', 'العربية'],
] as const;

const RESET_ARMED_MS = 4_000;

function field(name: string, control: HTMLElement): HTMLElement {
  return h('label', { class: 'field' }, h('span', {}, name), control);
}

function select<T extends string>(options: readonly (readonly [T, string])[], onChange: (value: T) => void) {
  const element = h('select', {}, ...options.map(([value, text]) => h('option', { attrs: { value } }, text)));
  element.addEventListener('change', () => onChange(element.value as T));
  return element;
}

/** A press arms it, a second one within four seconds does it. */
function resetButton(reset: () => void): HTMLButtonElement {
  let timer = 0;
  const element = h('button', { class: 'plain is-danger', attrs: { type: 'button' } }, 'Reset everything');
  element.addEventListener('click', () => {
    clearTimeout(timer);
    const armed = element.classList.toggle('is-armed');
    element.textContent = armed ? 'Really reset?' : 'Reset everything';
    if (!armed) return reset();
    timer = setTimeout(() => {
      element.classList.remove('is-armed');
      element.textContent = 'Reset everything';
    }, RESET_ARMED_MS);
  });
  return element;
}

/** Which of Telegram's apps the phone runs, and below it what is odd about that one. */
function hostChoice(choice: LaunchChoice, setPlatform: (platform: Platform) => void) {
  const options = PLATFORMS.map((platform) => [platform, hostProfile(platform).title] as const);
  const quirks = h('ul', { class: 'quirks', attrs: { 'aria-label': 'What is odd about this app' } });
  const show = (): void =>
    quirks.replaceChildren(
      ...hostProfile(choice.platform).quirks.map(({ what }) => h('li', {}, ...described(what))),
    );
  const control = select(options, (platform) => {
    setPlatform(platform);
    show();
  });
  control.value = choice.platform;
  show();
  return { control, quirks };
}

function launchFields(choice: LaunchChoice): HTMLElement {
  const version = select(
    VERSIONS.map((value) => [value, value] as const),
    (value) => {
      choice.version = value;
    },
  );
  version.value = choice.version;
  const startParam = h('input', {
    attrs: { type: 'text', placeholder: 'none', maxlength: 512, value: choice.startParam },
  });
  startParam.addEventListener('input', () => {
    choice.startParam = startParam.value.trim();
  });
  const fullscreen = h('input', { attrs: { type: 'checkbox', checked: choice.fullscreen } });
  fullscreen.addEventListener('change', () => {
    choice.fullscreen = fullscreen.checked;
  });
  const reload = h('input', {
    attrs: {
      type: 'number',
      min: 0,
      max: RELOAD_EVERY_MAX,
      placeholder: 'never',
      value: choice.reloadEvery || undefined,
    },
  });
  reload.addEventListener('input', () => {
    choice.reloadEvery = secondsOf(reload.value);
  });
  return h(
    'details',
    { class: 'launch' },
    h('summary', {}, 'Launch parameters'),
    h(
      'div',
      { class: 'fields' },
      field('Version', version),
      field('Start parameter', startParam),
      field('Reload every, s', reload),
      field('Fullscreen', fullscreen),
    ),
    h('p', { class: 'hint' }, 'They hold from the next time the game is opened.'),
  );
}

/** The player on the phone: who, in which language, with how many Stars, and how the game is launched. */
export function playerView(commands: PlayerCommands) {
  const players = h('select', {});
  players.addEventListener('change', () => commands.switchPlayer(Number(players.value)));
  const language = select(LANGUAGES, commands.setLanguage);
  const host = hostChoice(commands.choice, commands.setPlatform);
  const balance = h('output', { class: 'balance', attrs: { 'aria-label': 'Balance in Stars' } });
  const theme = button('Dark theme', 'round', commands.toggleTheme, icon('moon'));
  const bareLink = h('a', { class: 'plain', attrs: { target: '_blank', rel: 'noopener' } }, 'Game only');
  const addStars = (stars: number): HTMLElement =>
    button(
      `Top up ${stars} Stars`,
      'plain',
      () => commands.addStars(stars),
      `+${stars.toLocaleString('en')}`,
    );
  const newPlayer = button('New player', 'plain', commands.newPlayer, 'New player');
  const element = h(
    'section',
    { class: 'player', attrs: { 'aria-label': 'Player' } },
    h(
      'div',
      { class: 'fields' },
      field('Player', players),
      field('Language', language),
      field('Telegram app', host.control),
    ),
    host.quirks,
    h('div', { class: 'purse' }, star(), balance, addStars(100), addStars(1000)),
    h(
      'div',
      { class: 'row' },
      button('Open the game', 'small-primary', commands.openGame, icon('play'), 'Open the game'),
      bareLink,
      newPlayer,
      resetButton(commands.reset),
    ),
    launchFields(commands.choice),
  );
  return {
    element,
    themeButton: theme,
    show({ player, players: all }: Session): void {
      const options = all.map(({ id, first_name: name }) =>
        h('option', { attrs: { value: id } }, `${name} · ${id}`),
      );
      players.replaceChildren(...options);
      players.value = String(player.id);
      const code = player.language_code;
      if (![...language.options].some(({ value }) => value === code)) {
        language.append(h('option', { attrs: { value: code } }, code));
      }
      language.value = code;
      balance.value = player.stars.toLocaleString('en');
      bareLink.href = `/play/${player.id}?platform=${commands.choice.platform}`;
    },
    setTheme(name: ThemeName): void {
      theme.setAttribute('aria-pressed', String(name === 'dark'));
      theme.replaceChildren(icon(name === 'dark' ? 'sun' : 'moon'));
    },
  };
}
