import { catalogue } from '../i18n';
import en from './locales/en.json';
import ru from './locales/ru.json';

/** Texts of what pages show of a contact. */
export const { useText, text } = catalogue('contact', { ru, en });
