import { describe, expect, it } from 'vitest';
import { hoursOf, type Item, linesOf, type Piece, piecesOf, sideBySide } from './items';

const item = (starts_at: string, ends_at: string): Item => ({
  key: starts_at,
  kind: 'booking',
  id: 1,
  staffId: null,
  placeId: 1,
  title: '',
  details: [],
  starts_at,
  ends_at,
  seats: null,
});
const piece = (from: number, to: number): Piece => ({
  item: item(`${from}`, `${to}`),
  day: '2026-11-28',
  from,
  to,
  partial: false,
});

describe('days of an item', () => {
  it('stay one until midnight', () => {
    const [only, ...more] = piecesOf(item('2026-11-28T18:00:00Z', '2026-11-28T21:00:00Z'), 'Europe/Moscow');
    expect(more).toEqual([]);
    expect(only).toMatchObject({ day: '2026-11-28', from: 1260, to: 1440, partial: false });
  });

  it('are cut at midnight', () => {
    const cut = piecesOf(item('2026-11-28T09:00:00Z', '2026-11-30T09:00:00Z'), 'Europe/Moscow');
    expect(cut.map(({ day, from, to, partial }) => [day, from, to, partial])).toEqual([
      ['2026-11-28', 720, 1440, true],
      ['2026-11-29', 0, 1440, true],
      ['2026-11-30', 0, 720, true],
    ]);
  });
});

describe('side by side', () => {
  const lanes = (...pieces: Piece[]) =>
    sideBySide(pieces).map(({ from, lane, lanes: all }) => [from, lane, all]);

  it('only what overlaps', () => {
    expect(lanes(piece(600, 660), piece(660, 720))).toEqual([
      [600, 0, 1],
      [660, 0, 1],
    ]);
    expect(lanes(piece(600, 700), piece(630, 720), piece(700, 760), piece(800, 860))).toEqual([
      [600, 0, 2],
      [630, 1, 2],
      [700, 0, 2],
      [800, 0, 1],
    ]);
  });
});

it('shows early and late hours when something is there', () => {
  expect(hoursOf([])).toEqual({ from: 8, to: 22 });
  expect(hoursOf([piece(390, 450), piece(1290, 1350)])).toEqual({ from: 6, to: 23 });
});

it('does not name in a block what heads its column', () => {
  const none = { seats: null, starts_at: '', ends_at: '' };
  const desk = {
    ...none,
    key: 'b',
    kind: 'booking' as const,
    id: 1,
    staffId: null,
    placeId: 3,
    title: 'Стол 3',
  };
  const booked = { ...desk, details: ['Анна Белова', 'Рабочий стол'] };
  expect(linesOf(booked, 'place')).toEqual(['Анна Белова', 'Рабочий стол']);
  expect(linesOf(booked, null)).toEqual(['Стол 3', 'Анна Белова', 'Рабочий стол']);
  // The person's data was erased: something must stand there.
  expect(linesOf({ ...desk, details: [] }, 'place')).toEqual(['Стол 3']);
  const yoga = { ...none, key: 's', kind: 'session' as const, id: 2, staffId: 5, placeId: 3, title: 'Йога' };
  const held = { ...yoga, details: ['Ирина Лугова', 'Большой зал'] };
  expect(linesOf(held, 'staff')).toEqual(['Йога', 'Большой зал']);
  expect(linesOf(held, 'place')).toEqual(['Йога', 'Ирина Лугова']);
  expect(linesOf({ ...held, staffId: null, details: ['Большой зал'] }, 'staff')).toEqual([
    'Йога',
    'Большой зал',
  ]);
});
