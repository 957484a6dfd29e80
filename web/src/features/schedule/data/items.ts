import type { Booking, Session } from '@/shared/crm/business';
import { DAY_MINUTES, plusDays, wallOf } from '@/shared/crm/clock';

/** Something in the schedule: a session, or a place that is booked for a time. */
export interface Item {
  key: string;
  kind: 'session' | 'booking';
  id: number;
  staffId: number | null;
  placeId: number | null;
  title: string;
  details: string[];
  starts_at: string;
  ends_at: string;
  /** Sessions: seats taken and all seats. */
  seats: { taken: number; all: number } | null;
}

/** The part of an item that is on one day. */
export interface Piece {
  item: Item;
  day: string;
  from: number;
  to: number;
  /** The item goes over midnight; such ones are moved in their form only. */
  partial: boolean;
}

/** A session as an item. */
export function ofSession(row: Session): Item {
  return {
    key: `session-${row.id}`,
    kind: 'session',
    id: row.id,
    staffId: row.staff?.id ?? null,
    placeId: row.place?.id ?? null,
    title: row.service?.name ?? '',
    details: [row.staff?.name, row.place?.name].filter((one): one is string => Boolean(one)),
    starts_at: row.starts_at,
    ends_at: row.ends_at,
    seats: { taken: row.seats_taken, all: row.capacity },
  };
}

/** A booking of a place as an item. */
export function ofBooking(row: Booking): Item {
  return {
    key: `booking-${row.id}`,
    kind: 'booking',
    id: row.id,
    staffId: null,
    placeId: row.place?.id ?? null,
    title: row.place?.name ?? '',
    details: [row.client?.name, row.service?.name].filter((one): one is string => Boolean(one)),
    starts_at: row.starts_at,
    ends_at: row.ends_at,
    seats: null,
  };
}

/** Cuts an item into days of the business's clock. */
export function piecesOf(item: Item, zone: string): Piece[] {
  const start = wallOf(item.starts_at, zone);
  const end = wallOf(item.ends_at, zone);
  const partial = start.day !== end.day && !(end.minutes === 0 && plusDays(start.day, 1) === end.day);
  const pieces: Piece[] = [];
  for (let day = start.day; day <= end.day; day = plusDays(day, 1)) {
    const from = day === start.day ? start.minutes : 0;
    const to = day === end.day ? end.minutes : DAY_MINUTES;
    if (to > from) pieces.push({ item, day, from, to, partial });
  }
  return pieces;
}

/** What a block says of an item: in the column of a trainer or a place, the one that heads it is not named again. */
export function linesOf(item: Item, column: 'staff' | 'place' | null): [title: string, ...lines: string[]] {
  const [first, ...rest] = item.details;
  if (column === 'staff' && item.staffId !== null) return [item.title, ...rest];
  if (column === 'place' && item.placeId !== null) {
    // A session's last detail is its place; a booking's title is.
    if (item.kind === 'session') return [item.title, ...item.details.slice(0, -1)];
    if (first) return [first, ...rest];
  }
  return [item.title, ...item.details];
}

/** A piece and where it stands beside those of the same time. */
export interface Placed extends Piece {
  lane: number;
  lanes: number;
}

/** Puts pieces of one column side by side where they overlap. */
export function sideBySide(pieces: readonly Piece[]): Placed[] {
  const sorted = [...pieces].sort((a, b) => a.from - b.from || b.to - a.to);
  const placed: Placed[] = [];
  let group: Placed[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const one of group) one.lanes = ends.length;
    placed.push(...group);
    group = [];
    ends = [];
  };
  for (const piece of sorted) {
    if (ends.length > 0 && ends.every((end) => end <= piece.from)) close();
    const free = ends.findIndex((end) => end <= piece.from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = piece.to;
    group.push({ ...piece, lane, lanes: 1 });
  }
  close();
  return placed;
}

/** The hours that are shown: the usual ones, and more when something lies outside of them. */
export function hoursOf(pieces: readonly Piece[], usual = { from: 8, to: 22 }): { from: number; to: number } {
  const whole = pieces.filter((piece) => !piece.partial);
  return {
    from: Math.min(usual.from, ...whole.map((piece) => Math.floor(piece.from / 60))),
    to: Math.max(usual.to, ...whole.map((piece) => Math.ceil(piece.to / 60))),
  };
}
