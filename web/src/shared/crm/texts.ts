import { catalogue } from '../i18n';
import en from './locales/en.json';
import ru from './locales/ru.json';

/** Texts that the pages of the CRM share. */
export const { useText, text } = catalogue('crm', { ru, en });
