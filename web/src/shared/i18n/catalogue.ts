import type { TOptions } from 'i18next';
import { useTranslation } from 'react-i18next';
import { i18n } from './instance';

type Tree = { readonly [key: string]: string | Tree };
type Plural = 'one' | 'few' | 'many' | 'other';
type Singular<K extends string> = K extends `${infer Base}_${Plural}` ? Base : K;

/** The keys of a catalogue, nested ones with dots, plural forms as the one key they belong to. */
export type Keys<T> = {
  [K in keyof T & string]: T[K] extends string ? Singular<K> : `${K}.${Keys<T[K]>}`;
}[keyof T & string];

/** Looks a text up. */
export type Translate<K extends string> = (key: K, values?: TOptions) => string;

/** Texts of one part of the product: a hook for components and a function for everything else. */
export interface Catalogue<K extends string> {
  useText: () => Translate<K>;
  text: Translate<K>;
}

/** Adds the texts of a part of the product. The Russian ones say which keys there are. */
export function catalogue<const T extends Tree>(
  name: string,
  texts: { ru: T; en: Tree },
): Catalogue<Keys<T>> {
  i18n.addResourceBundle('ru', name, texts.ru);
  i18n.addResourceBundle('en', name, texts.en);
  return {
    useText: () => useTranslation(name).t as unknown as Translate<Keys<T>>,
    text: i18n.getFixedT(null, name) as unknown as Translate<Keys<T>>,
  };
}
