import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import { clockTime, wallOf } from '@/shared/crm/clock';
import { hoursOf, type Item, type Piece, sideBySide } from '../data/items';
import type { Column } from '../data/useSchedule';
import type { By } from '../search';
import { Event } from './Event';
import classes from './Grid.module.css';
import { useDrag } from './useDrag';

const HOUR_PX = 48;
const PX_PER_MINUTE = HOUR_PX / 60;
/** The narrowest column that can be read. */
const COLUMN_PX = 116;
/** Names of places are longer than names of days. */
const PLACE_COLUMN_PX = 124;
/** The lowest block that can be hit. */
const MIN_EVENT_PX = 20;

interface Props {
  columns: Column[];
  /** What stands above a column. */
  head: (column: Column) => ReactNode;
  by: By;
  zone: string;
  today: string;
  onOpen: (item: Item) => void;
  onCreate: (column: Column, from: number, to: number, exact: boolean) => void;
  onMove: (piece: Piece, column: Column, from: number) => void;
}

/** Columns of days, trainers or places with what is in them, by the hour; free time and blocks can be dragged. */
export function Grid({ columns, head, by, zone, today, onOpen, onCreate, onMove }: Props) {
  const hours = hoursOf(columns.flatMap((column) => column.pieces));
  const [top, bottom] = [hours.from * 60, hours.to * 60];
  const at = (index: number, action: (column: Column) => void) => {
    const column = columns[index];
    if (column) action(column);
  };
  const { body, drag, select, grab, wasDragged } = useDrag({
    top,
    bottom,
    pxPerMinute: PX_PER_MINUTE,
    onSelect: (index, from, to, exact) => at(index, (column) => onCreate(column, from, to, exact)),
    onMove: (piece, index, from) => at(index, (column) => onMove(piece, column, from)),
  });
  const now = wallOf(new Date().toISOString(), zone);
  const y = (minutes: number) => (Math.max(top, Math.min(minutes, bottom)) - top) * PX_PER_MINUTE;
  const height = (bottom - top) * PX_PER_MINUTE;
  return (
    <Box className={classes.scroll}>
      <Box
        ref={body}
        className={classes.grid}
        style={{
          '--columns': columns.length,
          '--column-width': `${by === 'place' ? PLACE_COLUMN_PX : COLUMN_PX}px`,
          '--hour-height': `${HOUR_PX}px`,
        }}
      >
        <div className={classes.corner} />
        {columns.map((column) => (
          <div
            key={column.key}
            className={classes.head}
            data-today={(columns.length > 1 && column.key === today) || undefined}
          >
            {head(column)}
          </div>
        ))}
        <div className={classes.hours} style={{ height }} aria-hidden>
          {Array.from({ length: hours.to - hours.from }, (_, index) => hours.from + index).map((hour) => (
            <span key={hour} className={classes.hour} style={{ top: y(hour * 60) }}>
              {clockTime(hour * 60)}
            </span>
          ))}
        </div>
        {columns.map((column, index) => (
          <div
            key={column.key}
            className={classes.column}
            style={{ height }}
            data-column={column.key}
            onPointerDown={(event) => select(event, index)}
          >
            {sideBySide(column.pieces).map((piece) => (
              <Event
                key={`${piece.item.key} ${piece.day}`}
                piece={piece}
                top={y(piece.from)}
                height={Math.max(y(piece.to) - y(piece.from), MIN_EVENT_PX)}
                colour={by === 'staff' ? piece.item.staffId : piece.item.placeId}
                moving={drag?.kind === 'move' && drag.piece.item.key === piece.item.key}
                columnOf={column.of != null ? by : null}
                onGrab={(event) => grab(event, piece)}
                onOpen={() => !wasDragged() && onOpen(piece.item)}
              />
            ))}
            {column.day === today && now.minutes >= top && now.minutes <= bottom && (
              <div className={classes.now} style={{ top: y(now.minutes) }} />
            )}
            {drag && drag.column === index && <Ghost drag={drag} y={y} />}
          </div>
        ))}
      </Box>
    </Box>
  );
}

function Ghost({
  drag,
  y,
}: {
  drag: NonNullable<ReturnType<typeof useDrag>['drag']>;
  y: (minutes: number) => number;
}) {
  const to = drag.kind === 'select' ? drag.to : drag.from + (drag.piece.to - drag.piece.from);
  return (
    <div className={classes.ghost} style={{ top: y(drag.from), height: y(to) - y(drag.from) }}>
      {`${clockTime(drag.from)}–${clockTime(to)}`}
    </div>
  );
}
