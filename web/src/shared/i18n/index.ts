import { catalogue } from './catalogue';
import en from './locales/en.json';
import ru from './locales/ru.json';

export { catalogue, type Translate } from './catalogue';
export { i18n, language, switchLanguage } from './instance';
export { LANGUAGES, type Language } from './language';

/** Texts that every page needs. */
export const { useText, text } = catalogue('shared', { ru, en });
