import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, type Schemas } from '@/shared/api/client';
import { useBusiness, usePlaces, useStaff } from '@/shared/crm/business';
import { weekOf } from '@/shared/crm/clock';
import { usePhone } from '@/shared/ui/usePhone';
import { useWhere } from '../search';
import { ofBooking, ofSession, type Piece, piecesOf } from './items';

/** Most rows of a list of the API. */
const MAX_ROWS = 500;
/** Most places whose own bookings are asked for. */
const MAX_PLACES = 40;

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
  const bookings = usePlaceBookings(by === 'place' ? (places.data?.items ?? []) : [], only, range);
  const pieces = useMemo(
    () =>
      [...(sessions.data?.items ?? []).map(ofSession), ...bookings.map(ofBooking)]
        .flatMap((item) => piecesOf(item, zone))
        .filter((piece) => days.includes(piece.day)),
    [sessions.data, bookings, zone, days],
  );
  const truncated = (sessions.data?.total ?? 0) > MAX_ROWS;
  return { view, by, only, day, days, today, zone, staff, places, sessions, pieces, truncated };
}

interface Range {
  from_day: string | undefined;
  to_day: string | undefined;
}

/** Bookings of the places themselves; seats in sessions are in the sessions. */
function usePlaceBookings(places: Schemas['Place'][], only: number | undefined, range: Range) {
  const wanted = places.filter((place) => !only || place.id === only).slice(0, MAX_PLACES);
  return useQueries({
    queries: wanted.map((place) =>
      api.queryOptions('get', '/api/schedule/bookings', {
        params: { query: { ...range, place_id: place.id, sort: 'starts_at', limit: MAX_ROWS } },
      }),
    ),
    combine: ownOf,
  });
}

function ownOf(results: { data: { items: Schemas['Booking'][] } | undefined }[]) {
  return results
    .flatMap((result) => result.data?.items ?? [])
    .filter((booking) => booking.session_id == null && booking.status !== 'cancelled');
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
