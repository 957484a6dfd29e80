import { keepPreviousData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, type Schemas } from '@/shared/api/client';
import { useBusiness, usePlaces, useStaff } from '@/shared/crm/business';
import { weekOf } from '@/shared/crm/clock';
import { usePhone } from '@/shared/ui/usePhone';
import { type By, useWhere } from '../search';
import { ofBooking, ofSession, type Piece, piecesOf } from './items';

/** Most rows of a list of the API. */
const MAX_ROWS = 500;

/** What the schedule shows: the days, and everything on them. */
export function useSchedule() {
  const { view: wanted, by, only, day: asked } = useWhere();
  const { zone, today } = useBusiness();
  const phone = usePhone();
  const view = phone ? 'day' : wanted;
  const day = asked ?? today;
  const days = useMemo(() => (view === 'week' ? weekOf(day) : [day]), [view, day]);
  const range = { from_day: days[0], to_day: days[days.length - 1] };
  const staff = useStaff();
  const places = usePlaces();
  const sessions = api.useQuery(
    'get',
    '/api/schedule/sessions',
    {
      params: {
        query: {
          ...range,
          status: 'scheduled',
          sort: 'starts_at',
          limit: MAX_ROWS,
          ...(only && (by === 'staff' ? { staff_id: only } : { place_id: only })),
        },
      },
    },
    { placeholderData: keepPreviousData },
  );
  const bookings = usePlaceBookings(by, only, range);
  const pieces = useMemo(
    () =>
      [...(sessions.data?.items ?? []).map(ofSession), ...ofPlaces(by, bookings.data?.items).map(ofBooking)]
        .flatMap((item) => piecesOf(item, zone))
        .filter((piece) => days.includes(piece.day)),
    [by, sessions.data, bookings.data, zone, days],
  );
  const truncated = [sessions, bookings].some(({ data }) => (data?.total ?? 0) > MAX_ROWS);
  return { view, by, only, day, days, today, zone, staff, places, sessions, pieces, truncated };
}

interface Range {
  from_day: string | undefined;
  to_day: string | undefined;
}

/** Bookings of the places themselves; seats in sessions are in the sessions. Trainers have none. */
function usePlaceBookings(by: By, only: number | undefined, range: Range) {
  return api.useQuery(
    'get',
    '/api/schedule/bookings',
    {
      params: {
        query: { ...range, kind: 'place', place_id: only, sort: 'starts_at', limit: MAX_ROWS },
      },
    },
    { enabled: by === 'place', placeholderData: keepPreviousData },
  );
}

/** Those that take their place, where places are looked at. */
function ofPlaces(by: By, bookings: Schemas['Booking'][] = []) {
  return by === 'place' ? bookings.filter((booking) => booking.status !== 'cancelled') : [];
}

export type Schedule = ReturnType<typeof useSchedule>;

/** A column of the grid: a day, or a trainer or a place on a day. */
export interface Column {
  key: string;
  day: string;
  /** The trainer or place; null: nobody; undefined: the column is of everybody. */
  of: number | null | undefined;
  pieces: Piece[];
}

/** The columns that a view has. */
export function columnsOf(schedule: Schedule): Column[] {
  const { view, by, days, day, pieces, only } = schedule;
  if (view === 'week') {
    return days.map((one) => ({
      key: one,
      day: one,
      of: only,
      pieces: pieces.filter((piece) => piece.day === one),
    }));
  }
  const ofPiece = ({ item }: Piece) => (by === 'staff' ? item.staffId : item.placeId);
  const rows = (by === 'staff' ? schedule.staff.data?.items : schedule.places.data?.items) ?? [];
  const ids: (number | null)[] = rows.map((row) => row.id).filter((id) => !only || id === only);
  const strays = pieces.filter((piece) => !ids.includes(ofPiece(piece)));
  const columns: Column[] = ids.map((id) => ({
    key: String(id),
    day,
    of: id,
    pieces: pieces.filter((piece) => ofPiece(piece) === id),
  }));
  // Sessions without a trainer, or of one who works here no more.
  if (!only && (strays.length > 0 || ids.length === 0))
    columns.push({ key: 'none', day, of: null, pieces: strays });
  return columns;
}
