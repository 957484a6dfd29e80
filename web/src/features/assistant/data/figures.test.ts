import { describe, expect, it } from 'vitest';
import { figuresOf } from './figures';

const WORDS = {
  zone: 'Europe/Moscow',
  wordOf: (name: string, value: string) => (name === 'status' ? `«${value}»` : value),
  unsaid: '?',
};

describe('figures of an answer', () => {
  it('shows money as the server wrote it, and nothing that only programs need', () => {
    const data = {
      revenue: 1234500,
      payments: 3,
      currency: 'RUB',
      formatted: { revenue: '12 345 ₽' },
      id: 7,
    };
    expect(figuresOf(data, WORDS)).toEqual({
      single: [
        { name: 'revenue', shown: '12 345 ₽' },
        { name: 'payments', shown: '3' },
      ],
      lists: [],
    });
  });

  it('makes bars of rows that have a name and a number', () => {
    const rows = [
      { name: 'Йога', revenue: 200, payments: 2, formatted: '2 ₽' },
      { name: 'Бокс', revenue: 100, payments: 1, formatted: '1 ₽' },
    ];
    const [list] = figuresOf({ rows }, WORDS).lists;
    expect(list?.columns).toEqual(['name', 'revenue', 'payments']);
    expect(list?.cells[0]).toEqual(['Йога', '2 ₽', '2']);
    expect(list?.bars).toEqual([
      { label: 'Йога', value: 200, shown: '2 ₽' },
      { label: 'Бокс', value: 100, shown: '1 ₽' },
    ]);
  });

  it('puts the words of the API and hours of the day into words', () => {
    const by_status = [
      { status: 'active', count: 5 },
      { status: null, count: 2 },
    ];
    const hours = [
      { hour: 9, attended: 4 },
      { hour: 18, attended: 7 },
    ];
    const { lists } = figuresOf({ by_status, hours }, WORDS);
    expect(lists[0]?.bars?.map(({ label }) => label)).toEqual(['«active»', '?']);
    expect(lists[1]?.bars?.map(({ label }) => label)).toEqual(['09:00', '18:00']);
  });

  it('makes no bars of a list of people', () => {
    const clients = [
      { id: 1, last_visit: '2026-10-01', name: 'Анна' },
      { id: 2, name: 'Борис', last_visit: null },
    ];
    const [list] = figuresOf({ count: 2, clients }, WORDS).lists;
    expect(list).toMatchObject({ bars: null, columns: ['name', 'last_visit'] });
    expect(list?.cells[1]).toEqual(['Борис', '']);
  });

  it('takes figures of several tools and tells times by the business’s clock', () => {
    const data = { first: { bookings: 5 }, second: { starts_at: '2026-11-28T07:00:00Z' } };
    const { single } = figuresOf(data, WORDS);
    expect(single.map(({ name }) => name)).toEqual(['bookings', 'starts_at']);
    expect(single[1]?.shown).toContain('10:00');
  });
});
