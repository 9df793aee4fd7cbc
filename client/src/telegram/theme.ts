import { type Hex, isDark, mix, readable } from './contrast.ts';

/** Telegram's theme as far as it says anything. */
export interface HostTheme {
  background?: Hex | undefined;
  text?: Hex | undefined;
  hint?: Hex | undefined;
  link?: Hex | undefined;
  destructive?: Hex | undefined;
}

/** The game's sky; Telegram's header and background take it too, so that the edges fit. */
export const SKY: Hex = '#0b1026';
const NAVY: Hex = '#141b3d';
const PAPER: Hex = '#e6ebfa';

/** The shop's colours by CSS variable: our night, or a day made of the host's own colours; text always readable. */
export function palette(theme: HostTheme): Record<string, string> {
  const dark = isDark(theme.background ?? NAVY);
  const sheet = dark ? mix(NAVY, theme.background ?? NAVY, 0.16) : mix(theme.background ?? PAPER, PAPER, 0.6);
  const card = dark ? mix(sheet, '#8fa6ff', 0.1) : '#ffffff';
  const raised = dark ? mix(sheet, '#8fa6ff', 0.2) : mix('#ffffff', '#4a5bc0', 0.2);
  // Text must hold on every ground it may stand on.
  const on = (ink: Hex) => [sheet, card, raised].reduce((colour, ground) => readable(colour, ground), ink);
  return {
    'color-scheme': dark ? 'dark' : 'light',
    '--sheet': sheet,
    '--card': card,
    '--raised': raised,
    '--line': dark ? mix(sheet, '#b9c6ff', 0.2) : mix(card, '#1a2350', 0.12),
    '--ink': on(dark ? (theme.text ?? '#ffffff') : (theme.text ?? '#0e1430')),
    '--hint': on(theme.hint ?? '#9aa6d6'),
    '--link': on(theme.link ?? '#6fe3ff'),
    '--bad': on(theme.destructive ?? '#ff8f9c'),
    '--comet': dark ? '#e9fbff' : '#1783d6',
    '--good': on('#3fe0a5'),
    '--warm': on('#ffd27a'),
  };
}
