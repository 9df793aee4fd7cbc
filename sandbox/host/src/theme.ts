export type ThemeName = 'light' | 'dark';

/** Telegram's theme colours as a Mini App receives them, `#rrggbb` each. */
export type ThemeParams = Readonly<Record<string, string>>;

/** The colours Telegram's own apps send by default. Games must cope with their contrast, so they stay as they are. */
export const THEME_PARAMS: Record<ThemeName, ThemeParams> = {
  light: {
    bg_color: '#ffffff',
    text_color: '#000000',
    hint_color: '#707579',
    link_color: '#3390ec',
    button_color: '#3390ec',
    button_text_color: '#ffffff',
    secondary_bg_color: '#f4f4f5',
    header_bg_color: '#ffffff',
    accent_text_color: '#3390ec',
    section_bg_color: '#ffffff',
    section_header_text_color: '#707579',
    section_separator_color: '#e7e7e8',
    subtitle_text_color: '#707579',
    destructive_text_color: '#e53935',
    bottom_bar_bg_color: '#ffffff',
  },
  dark: {
    bg_color: '#17212b',
    text_color: '#f5f5f5',
    hint_color: '#708499',
    link_color: '#6ab3f3',
    button_color: '#5288c1',
    button_text_color: '#ffffff',
    secondary_bg_color: '#232e3c',
    header_bg_color: '#17212b',
    accent_text_color: '#6ab2f2',
    section_bg_color: '#17212b',
    section_header_text_color: '#6ab3f3',
    section_separator_color: '#111921',
    subtitle_text_color: '#708499',
    destructive_text_color: '#ec3942',
    bottom_bar_bg_color: '#17212b',
  },
};

const STORAGE_KEY = 'sandbox:theme';

/** The theme of the address, else the one chosen last, else the system's. */
export function preferredTheme(): ThemeName {
  const wanted = new URLSearchParams(location.search).get('theme') ?? localStorage.getItem(STORAGE_KEY);
  if (wanted === 'light' || wanted === 'dark') return wanted;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function applyTheme(theme: ThemeName): void {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem(STORAGE_KEY, theme);
}

/** A colour the game asked for: `#rrggbb` as it is, a name as the theme has it. */
export function themeColor(params: ThemeParams, color: string): string {
  return color.startsWith('#') ? color : (params[color] ?? params.bg_color ?? '#ffffff');
}

/** Black or white, whichever can be read on the colour (WCAG relative luminance). */
export function readableOn(color: string): '#000000' | '#ffffff' {
  const channel = (offset: number): number => {
    const value = Number.parseInt(color.slice(offset, offset + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return luminance > 0.179 ? '#000000' : '#ffffff';
}
