import { UnstyledButton } from '@mantine/core';
import type { PointerEvent } from 'react';
import { clockTime } from '@/shared/crm/clock';
import { linesOf, type Placed } from '../data/items';
import type { By } from '../search';
import { useText } from '../texts';
import { colourOf } from './colours';
import classes from './Grid.module.css';

/** Pieces lower than this have one line. */
const TWO_LINES_PX = 38;
const THREE_LINES_PX = 54;

interface Props {
  piece: Placed;
  top: number;
  height: number;
  /** The trainer or place whose colour it has. */
  colour: number | null;
  moving: boolean;
  /** What the column is of, if of one trainer or place. */
  columnOf: By | null;
  onGrab: (event: PointerEvent) => void;
  onOpen: () => void;
}

/** Something in the schedule, as a block that is dragged or opened. */
export function Event({ piece, top, height, colour, moving, columnOf, onGrab, onOpen }: Props) {
  const t = useText();
  const { item, lane, lanes } = piece;
  const time = `${clockTime(piece.from)}–${clockTime(piece.to)}`;
  const [title, first, second] = linesOf(item, columnOf);
  const seats = item.seats ? t('seats', { taken: item.seats.taken, all: item.seats.all }) : null;
  return (
    <UnstyledButton
      className={classes.event}
      style={{
        top,
        height,
        insetInlineStart: `calc(${(lane / lanes) * 100}% + 2px)`,
        width: `calc(${100 / lanes}% - 4px)`,
        '--event': colourOf(colour),
      }}
      data-moving={moving || undefined}
      data-still={piece.partial || undefined}
      data-item={item.key}
      aria-label={[item.title, time, ...item.details, seats].filter(Boolean).join(', ')}
      onPointerDown={onGrab}
      onClick={onOpen}
    >
      <span className={classes.line}>
        <span className={classes.time}>{clockTime(piece.from)}</span>
        {` ${title}`}
        {height < TWO_LINES_PX && item.seats ? ` · ${item.seats.taken}/${item.seats.all}` : ''}
      </span>
      {height >= TWO_LINES_PX && (
        <span className={classes.line}>
          {[item.seats && `${item.seats.taken}/${item.seats.all}`, first].filter(Boolean).join(' · ')}
        </span>
      )}
      {height >= THREE_LINES_PX && second && <span className={classes.line}>{second}</span>}
    </UnstyledButton>
  );
}
