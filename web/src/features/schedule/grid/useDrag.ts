import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react';
import type { Piece } from '../data/items';

/** Times are chosen in steps of a quarter of an hour. */
export const STEP_MINUTES = 15;
/** A click without a drag chooses so much. */
const CLICK_MINUTES = 60;
/** A pointer that went less than this far has not dragged anything. */
const SLACK_PX = 4;

/** What is being dragged: free time, or something that is there. */
export type Drag =
  | { kind: 'select'; column: number; from: number; to: number }
  | { kind: 'move'; piece: Piece; column: number; from: number };

interface Options {
  /** Minutes of the day at the top and at the bottom of the grid. */
  top: number;
  bottom: number;
  pxPerMinute: number;
  /** `exact`: the length was dragged, not only a beginning clicked. */
  onSelect: (column: number, from: number, to: number, exact: boolean) => void;
  onMove: (piece: Piece, column: number, from: number) => void;
}

/** Dragging in the grid by mouse or pen: over free time it selects, on something it moves. A finger scrolls. */
export function useDrag(options: Options) {
  const body = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const latest = useRef(options);
  const end = useRef<(() => void) | null>(null);
  /** The click that ends a drag opens nothing. */
  const dragged = useRef(false);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => () => end.current?.(), []);

  const at = (event: { clientX: number; clientY: number }) => {
    const columns = [...(body.current?.querySelectorAll('[data-column]') ?? [])];
    const rects = columns.map((one) => one.getBoundingClientRect());
    const inside = rects.findIndex((rect) => event.clientX < rect.right);
    const column = inside === -1 ? rects.length - 1 : inside;
    const { top, pxPerMinute } = latest.current;
    const minutes = top + (event.clientY - (rects[0]?.top ?? 0)) / pxPerMinute;
    return { column, minutes };
  };

  /** Follows the pointer until it is let go of; Escape ends it with nothing done. */
  const follow = (
    event: ReactPointerEvent,
    onGo: (now: { column: number; minutes: number }, far: boolean) => Drag | null,
    onEnd: (last: Drag | null) => void,
  ) => {
    const start = { x: event.clientX, y: event.clientY };
    let last: Drag | null = null;
    let far = false;
    const go = (move: PointerEvent) => {
      far ||= Math.hypot(move.clientX - start.x, move.clientY - start.y) > SLACK_PX;
      dragged.current = far;
      last = onGo(at(move), far);
      setDrag(last);
    };
    const stop = () => {
      window.removeEventListener('pointermove', go);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', stop);
      window.removeEventListener('keydown', key, { capture: true });
      end.current = null;
      setDrag(null);
      // Behind the click that this pointer may still make.
      setTimeout(() => {
        dragged.current = false;
      });
    };
    const up = () => {
      stop();
      onEnd(last);
    };
    const key = (press: KeyboardEvent) => {
      if (press.key !== 'Escape') return;
      press.stopPropagation();
      stop();
    };
    window.addEventListener('pointermove', go);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', stop);
    window.addEventListener('keydown', key, { capture: true });
    end.current = stop;
  };

  const usable = (event: ReactPointerEvent) => event.button === 0 && event.pointerType !== 'touch';
  const step = (minutes: number) => Math.round(minutes / STEP_MINUTES) * STEP_MINUTES;
  const within = (minutes: number, length = 0) =>
    Math.max(latest.current.top, Math.min(minutes, latest.current.bottom - length));

  /** The pointer went down on free time. */
  const select = (event: ReactPointerEvent, column: number) => {
    if (!usable(event) || event.target !== event.currentTarget) return;
    event.preventDefault();
    const anchor = within(Math.floor(at(event).minutes / STEP_MINUTES) * STEP_MINUTES, STEP_MINUTES);
    const click: Drag = { kind: 'select', column, from: anchor, to: within(anchor + CLICK_MINUTES) };
    follow(
      event,
      ({ minutes }) => {
        const to = within(step(minutes));
        if (to === anchor) return { ...click, to: within(anchor + STEP_MINUTES) };
        return { kind: 'select', column, from: Math.min(anchor, to), to: Math.max(anchor, to) };
      },
      (last) => {
        const exact = last?.kind === 'select' && dragged.current;
        const chosen = exact && last?.kind === 'select' ? last : click;
        latest.current.onSelect(column, chosen.from, chosen.to, exact);
      },
    );
  };

  /** The pointer went down on something. */
  const grab = (event: ReactPointerEvent, piece: Piece) => {
    if (!usable(event) || piece.partial) return;
    const offset = at(event).minutes - piece.from;
    follow(
      event,
      ({ column, minutes }, far) =>
        far
          ? { kind: 'move', piece, column, from: within(step(minutes - offset), piece.to - piece.from) }
          : null,
      (last) => {
        if (last?.kind === 'move') latest.current.onMove(piece, last.column, last.from);
      },
    );
  };

  return { body, drag, select, grab, wasDragged: () => dragged.current };
}
