import { Problem } from '../api/problem';
import { wallOf } from './clock';

/** The address of the schedule at which something stands. */
export interface At {
  view: 'day';
  by: 'staff' | 'place';
  day: string;
  session?: number;
  booking?: number;
}

/** Where in the schedule that stands which is in the way; null when the refusal names nothing there. */
export function inTheWay(error: unknown, zone: string): At | null {
  const conflict = error instanceof Problem ? error.conflict : null;
  if (!conflict) return null;
  const at = {
    view: 'day',
    by: conflict.kind === 'place' ? 'place' : 'staff',
    day: wallOf(conflict.starts_at, zone).day,
  } as const;
  if (conflict.session_id != null) return { ...at, session: conflict.session_id };
  return conflict.booking_id != null ? { ...at, booking: conflict.booking_id } : null;
}
