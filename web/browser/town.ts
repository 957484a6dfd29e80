import { join } from 'node:path';
import { PEOPLE } from './people';

/** The simulated Telegram of a whole town: it answers in every way that it knows. */
export const TOWN_WORLD = join(import.meta.dirname, 'town.yaml');

const FIRST = [
  'Алексей',
  'Мария',
  'Дмитрий',
  'Ольга',
  'Сергей',
  'Наталья',
  'Игорь',
  'Ирина',
  'Павел',
  'Елена',
];
const LAST_HE = ['Орлов', 'Лебедев', 'Соколов', 'Виноградов', 'Фролов', 'Тихонов'];
const LAST_SHE = ['Орлова', 'Лебедева', 'Соколова', 'Виноградова', 'Фролова', 'Тихонова'];
const PROFESSIONS = ['Менеджер', 'Учитель', 'Предприниматель', 'Врач', 'Дизайнер', 'Водитель', 'Бухгалтер'];
const INTERESTS = ['Путешествия', 'Спорт', 'Кулинария', 'Инвестиции', 'Автомобили', 'Семья'];

const of = <T>(list: readonly T[], index: number) => list[index % list.length] as T;

/** How many people live in it, the four of `people.ts` first. */
export const TOWN_SIZE = 72;

function person(number: number): string {
  const he = number % 2 === 0;
  // Steps without a common divisor: no two have the same name.
  const name = `${of(FIRST, number)} ${of(he ? LAST_HE : LAST_SHE, Math.floor(number / FIRST.length) + number)}`;
  const phone = `+7999222${String(number).padStart(4, '0')}`;
  return [name, phone, of(PROFESSIONS, number * 3), of(INTERESTS, number * 5)].join(',');
}

/** All of them as a file of contacts. */
export const TOWN =
  PEOPLE + Array.from({ length: TOWN_SIZE - 4 }, (_, index) => `${person(index)}\n`).join('');
