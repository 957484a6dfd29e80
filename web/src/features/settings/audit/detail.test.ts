import { beforeEach, expect, it } from 'vitest';
import { switchLanguage } from '@/shared/i18n';
import { detailLines } from './detail';

const of = (action: string, detail: unknown) =>
  detailLines(
    {
      id: 1,
      actor: 'local',
      action,
      subject: 'x:1',
      detail: typeof detail === 'string' ? detail : JSON.stringify(detail),
      created_at: '2026-11-28T10:00:00Z',
    },
    'RUB',
  );

beforeEach(() => switchLanguage('ru'));

it('says which rules were changed, in the units of their form', () => {
  const changed = {
    new_dialogs_per_day: { from: null, to: 7 },
    pause_min_ms: { from: 30_000, to: 90_500 },
    quiet_hours: { from: { hours: { from_minute: 1260, to_minute: 540 } }, to: 'off' },
    approval: { from: 'auto', to: 'manual' },
  };
  expect(of('policy.change', changed)).toEqual([
    'Новых диалогов в сутки на аккаунт: как в .env → 7',
    'Пауза между сообщениями: от, секунд: 30 → 90,5',
    'Тихие часы: 21:00–09:00 → нет',
    'Черновики кампаний: Отправлять сразу → Сначала показать человеку',
  ]);
});

it('says how a person moved in the funnel', async () => {
  const moved = { from: 'new', to: 'lost', reason: 'price', message_id: null };
  expect(of('contact.stage', moved)).toEqual(['Этап воронки: Новый → Отказ', 'Почему отказ: Дорого']);
  await switchLanguage('en');
  expect(of('contact.stage', { from: 'new', to: 'won', reason: null })).toEqual([
    'Funnel stage: New → Client',
  ]);
});

it('says what was done to many', () => {
  const tags = { action: { action: 'add_tags', tags: ['йога', 'утро'] }, contacts: 21 };
  expect(of('contacts.bulk', tags)).toEqual(['Метки добавлены: йога, утро', 'Для 21 человека']);
  const newer = { action: { action: 'rename', to: 'X' }, contacts: 2 };
  expect(of('contacts.bulk', newer)).toEqual(['action: rename', 'to: X', 'Для 2 человек']);
});

it('reads the short details', () => {
  expect(of('payment.create', 'payment 80050 completed')[0]?.replace(/\s/g, ' ')).toBe('800,50 ₽ · Проведён');
  expect(of('contact.merge', 'contact:7')).toEqual(['К этой карточке присоединён контакт № 7']);
  expect(of('client.join', 'client:7')).toEqual(['К этой карточке присоединена карточка клиента № 7']);
  expect(of('booking.status', 'no_show')).toEqual(['Не пришёл']);
  expect(of('consent.grant', 'opt_in_form')).toEqual(['Анкета с согласием']);
  expect(of('token.create', 'write')).toEqual(['Смотреть и менять']);
  expect(of('session.cancel', 'Тренер заболел')).toEqual(['Тренер заболел']);
  expect(of('client.update', '')).toEqual([]);
});

it('keeps what it has no words for readable', () => {
  expect(
    of('shift.swap', { starts_at: { from: 'ten', to: 'noon' }, note: '', seats: [1, 2], gone: null }),
  ).toEqual(['starts at: ten → noon', 'note: пусто', 'seats: 1, 2']);
  expect(of('booking.status', 'teleported')).toEqual(['teleported']);
});
