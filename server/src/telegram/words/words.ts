import type { Language } from '@stardrift/shared/catalog';
import { en, type Words } from './en.ts';
import { ru } from './ru.ts';

export const words: Record<Language, Words> = { en, ru };
