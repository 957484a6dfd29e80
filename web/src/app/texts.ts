import { catalogue } from '@/shared/i18n';
import en from './locales/en.json';
import ru from './locales/ru.json';

/** Texts of the frame around the pages. */
export const { useText, text } = catalogue('app', { ru, en });
