import type { Schemas } from '@/shared/api/client';
import { language } from '@/shared/i18n';

/** A text in the person's language, or in Russian when it has none. */
export function said(text: Schemas['Localized_String']): string {
  return text[language()] ?? text.ru ?? text.en ?? '';
}
