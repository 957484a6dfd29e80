import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { LANGUAGE_KEY, LANGUAGES, type Language, startLanguage } from './language';

/** The texts of the whole product; each part adds its own with `catalogue`. */
export const i18n = i18next.createInstance();

void i18n.use(initReactI18next).init({
  lng: startLanguage(),
  fallbackLng: false,
  supportedLngs: LANGUAGES,
  resources: {},
  ns: [],
  // React escapes by itself.
  interpolation: { escapeValue: false },
  // Texts of a page come with its code, so a language has texts before i18next is asked for them.
  react: { useSuspense: false, bindI18nStore: 'added' },
  initAsync: false,
});

function toldToTheBrowser(language: string) {
  document.documentElement.lang = language;
}
toldToTheBrowser(i18n.language);
i18n.on('languageChanged', toldToTheBrowser);

/** The language in use. */
export function language(): Language {
  return i18n.language === 'en' ? 'en' : 'ru';
}

/** Switches the language and remembers the choice. */
export async function switchLanguage(to: Language) {
  localStorage.setItem(LANGUAGE_KEY, to);
  await i18n.changeLanguage(to);
}
