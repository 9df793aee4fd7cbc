import type { Language } from '@stardrift/shared/catalog';
import { ar } from './ar.ts';
import { en, type Words } from './en.ts';
import { es } from './es.ts';
import { ru } from './ru.ts';

export const words: Record<Language, Words> = { en, ru, es, ar };
