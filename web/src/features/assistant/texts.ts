import { catalogue } from '@/shared/i18n';
import en from './locales/en.json';
import ru from './locales/ru.json';

export const { useText, text } = catalogue('assistant', { ru, en });
