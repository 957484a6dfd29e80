import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { refreshCrm } from '@/shared/crm/business';
import { clockTime, dayWords, momentOf, wallOf } from '@/shared/crm/clock';
import { inTheWay } from '@/shared/crm/inTheWay';
import { useText as useCrm } from '@/shared/crm/texts';
import { tellRefusal, tellUndoable } from '@/shared/ui/notify';
import { type By, useWhere } from '../search';
import { useText } from '../texts';
import type { Item, Piece } from './items';

/** Where something is moved to. */
export interface Target {
  day: string;
  from: number;
  /** Another trainer or place; undefined: the same. */
  of: number | null | undefined;
}

interface Change {
  starts_at: string;
  ends_at: string;
  staff_id?: number | null;
  place_id?: number | null;
}

/** Moves things in the schedule. They stand at the new place at once, and go back when the server refuses. */
export function useMove(by: By, zone: string) {
  const t = useText();
  const crm = useCrm();
  const client = useQueryClient();
  const onSettled = () => refreshCrm(client);
  const { go } = useWhere();
  // Told below, with the way to what is in the way.
  const meta = { quiet: true };
  const session = api.useMutation('patch', '/api/schedule/sessions/{id}', { meta, onSettled });
  const booking = api.useMutation('patch', '/api/schedule/bookings/{id}', { meta, onSettled });
  const [moving, setMoving] = useState<{ key: string; change: Change } | null>(null);

  const send = async (item: Item, change: Change) => {
    setMoving({ key: item.key, change });
    try {
      const params = { path: { id: item.id } };
      if (item.kind === 'session') await session.mutateAsync({ params, body: change });
      else {
        const { place_id, starts_at, ends_at } = change;
        await booking.mutateAsync({
          params,
          body: { starts_at, ends_at, ...(place_id != null && { place_id }) },
        });
      }
      return true;
    } catch (error) {
      const at = inTheWay(error, zone);
      tellRefusal(error, at && { label: crm('in_the_way'), go: () => go(at) });
      return false;
    } finally {
      setMoving(null);
    }
  };

  const move = async (piece: Piece, target: Target) => {
    const { item } = piece;
    const length = Date.parse(item.ends_at) - Date.parse(item.starts_at);
    const starts_at = momentOf({ day: target.day, minutes: target.from }, zone);
    const ends_at = new Date(Date.parse(starts_at) + length).toISOString();
    const owner = by === 'staff' ? 'staff_id' : 'place_id';
    const kept = by === 'staff' ? item.staffId : item.placeId;
    const other = target.of !== undefined && target.of !== kept;
    if (Date.parse(starts_at) === Date.parse(item.starts_at) && !other) return;
    const change = { starts_at, ends_at, ...(other && { [owner]: target.of }) };
    if (!(await send(item, change))) return;
    tellUndoable({
      message: t('moved', {
        what: item.title,
        day: dayWords(target.day, { weekday: 'short', day: 'numeric', month: 'short' }),
        time: clockTime(target.from),
      }),
      undo: () =>
        void send(item, {
          starts_at: item.starts_at,
          ends_at: item.ends_at,
          ...(other && { [owner]: kept }),
        }),
    });
  };

  /** The pieces with the one that is on its way already at its new place. */
  const shown = (pieces: Piece[]): Piece[] => {
    if (!moving) return pieces;
    return pieces.map((piece) => {
      if (piece.item.key !== moving.key) return piece;
      const { change } = moving;
      const start = wallOf(change.starts_at, zone);
      const item = {
        ...piece.item,
        starts_at: change.starts_at,
        ends_at: change.ends_at,
        ...(change.staff_id !== undefined && { staffId: change.staff_id }),
        ...(change.place_id !== undefined && { placeId: change.place_id }),
      };
      return {
        ...piece,
        item,
        day: start.day,
        from: start.minutes,
        to: start.minutes + (piece.to - piece.from),
      };
    });
  };

  return { move, shown };
}
