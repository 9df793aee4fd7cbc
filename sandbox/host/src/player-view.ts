import { button, h } from './dom.ts';
import { icon, star } from './icons.ts';
import { type LaunchProfile, PLATFORMS, VERSIONS } from './launch.ts';
import type { Session } from './session.ts';
import type { ThemeName } from './theme.ts';

export interface PlayerCommands {
  profile: LaunchProfile;
  switchPlayer: (id: number) => void;
  newPlayer: () => void;
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
] as const;

const RESET_ARMED_MS = 4_000;

function field(name: string, control: HTMLElement): HTMLElement {
  return h('label', { class: 'field' }, h('span', {}, name), control);
}

function select(options: readonly (readonly [string, string])[], onChange: (value: string) => void) {
  const element = h('select', {}, ...options.map(([value, text]) => h('option', { attrs: { value } }, text)));
  element.addEventListener('change', () => onChange(element.value));
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

function launchFields(profile: LaunchProfile): HTMLElement {
  const pairs = (values: readonly string[]): [string, string][] => values.map((value) => [value, value]);
  const platform = select(pairs(PLATFORMS), (value) => {
    profile.platform = value;
  });
  platform.value = profile.platform;
  const version = select(pairs(VERSIONS), (value) => {
    profile.version = value;
  });
  version.value = profile.version;
  const startParam = h('input', {
    attrs: { type: 'text', placeholder: 'none', maxlength: 512, value: profile.startParam },
  });
  startParam.addEventListener('input', () => {
    profile.startParam = startParam.value.trim();
  });
  const fullscreen = h('input', { attrs: { type: 'checkbox', checked: profile.fullscreen } });
  fullscreen.addEventListener('change', () => {
    profile.fullscreen = fullscreen.checked;
  });
  return h(
    'details',
    { class: 'launch' },
    h('summary', {}, 'Launch parameters'),
    h(
      'div',
      { class: 'fields' },
      field('Platform', platform),
      field('Version', version),
      field('Start parameter', startParam),
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
    h('div', { class: 'fields' }, field('Player', players), field('Language', language)),
    h('div', { class: 'purse' }, star(), balance, addStars(100), addStars(1000)),
    h(
      'div',
      { class: 'row' },
      button('Open the game', 'small-primary', commands.openGame, icon('play'), 'Open the game'),
      bareLink,
      newPlayer,
      resetButton(commands.reset),
    ),
    launchFields(commands.profile),
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
      bareLink.href = `/play/${player.id}`;
    },
    setTheme(name: ThemeName): void {
      theme.setAttribute('aria-pressed', String(name === 'dark'));
      theme.replaceChildren(icon(name === 'dark' ? 'sun' : 'moon'));
    },
  };
}
