/** One way a player may see the game: their language, their window, Telegram's theme around it. */
export interface Look {
  /** For the name of a picture, and to read under it. */
  name: string;
  language: string;
  width: number;
  height: number;
  theme: 'light' | 'dark';
}

const SIZES = {
  phone: { width: 390, height: 844 },
  small: { width: 360, height: 640 },
  tablet: { width: 820, height: 1_180 },
  desktop: { width: 1_280, height: 720 },
};

const look = (size: keyof typeof SIZES, language = 'en', theme: Look['theme'] = 'light'): Look => ({
  name: `${size}-${language}-${theme}`,
  language,
  theme,
  ...SIZES[size],
});

/** What most pictures are taken in. */
export const PHONE = look('phone');
export const SMALL_DARK = look('small', 'en', 'dark');
export const PHONE_AR = look('phone', 'ar');
export const DESK: readonly Look[] = [look('desktop'), look('desktop', 'en', 'dark')];

/** What the main screens are also taken in: every size, both themes, the other way of writing, words that need room. */
export const EVERY_LOOK: readonly Look[] = [
  PHONE,
  look('phone', 'en', 'dark'),
  look('small'),
  look('tablet'),
  look('desktop', 'en', 'dark'),
  PHONE_AR,
  look('small', 'ar', 'dark'),
  look('desktop', 'ar', 'dark'),
  look('phone', 'en-xa'),
  look('small', 'en-xa'),
];
