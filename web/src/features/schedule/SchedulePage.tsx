import { Button, Group, Text } from '@mantine/core';
import { IconBooks, IconCalendarEvent, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { clockTime, dayWords, wallOf } from '@/shared/crm/clock';
import { NoOffer } from '@/shared/crm/NoOffer';
import { useKeys } from '@/shared/ui/keys';
import { ButtonLink, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Loaded } from '@/shared/ui/states';
import { usePhone } from '@/shared/ui/usePhone';
import type { Item } from './data/items';
import { useMove } from './data/useMove';
import { type Column, columnsOf, type Schedule, useSchedule } from './data/useSchedule';
import { NewItem, type NewKind } from './form/NewItem';
import type { Slot } from './form/slot';
import { Grid } from './grid/Grid';
import { DayList } from './list/DayList';
import { PlacePanel } from './panel/PlacePanel';
import { SessionPanel } from './panel/SessionPanel';
import { useWhere } from './search';
import { Toolbar } from './Toolbar';
import { useText } from './texts';

/** Sessions and bookings of a week or a day, by trainer or by place. */
export function SchedulePage() {
  const t = useText();
  const where = useWhere();
  const schedule = useSchedule();
  const [creating, setCreating] = useState<{ slot: Slot; kind: NewKind } | null>(null);
  const create = () => setCreating({ slot: { day: schedule.day, from: 600, to: 660 }, kind: 'session' });
  useKeys([{ press: 'n', label: t('new.session'), run: create }]);
  const close = () => where.go({ session: undefined, booking: undefined });
  return (
    <Page wide>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <>
            <ButtonLink to="/catalogue" variant="default" leftSection={<IconBooks size={16} aria-hidden />}>
              {t('catalogue')}
            </ButtonLink>
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={create}>
              {t('new.button')}
            </Button>
          </>
        }
      />
      <Toolbar schedule={schedule} />
      <Loaded query={schedule.sessions}>
        {() => <Content schedule={schedule} onCreate={(slot, kind) => setCreating({ slot, kind })} />}
      </Loaded>
      {creating && <NewItem {...creating} onClose={() => setCreating(null)} />}
      {where.session && <SessionPanel key={where.session} id={where.session} onClose={close} />}
      {where.booking && <PlacePanel key={where.booking} id={where.booking} onClose={close} />}
    </Page>
  );
}

interface ContentProps {
  schedule: Schedule;
  onCreate: (slot: Slot, kind: NewKind) => void;
}

function Content({ schedule, onCreate }: ContentProps) {
  const t = useText();
  const where = useWhere();
  const phone = usePhone();
  const { by, zone, today, staff, places } = schedule;
  const { move, shown } = useMove(by, zone);
  const open = (item: Item) =>
    where.go(item.kind === 'session' ? { session: item.id } : { booking: item.id });
  if (schedule.pieces.length === 0 && staff.data?.total === 0 && places.data?.total === 0)
    return <NoOffer icon={IconCalendarEvent} title={t('empty.title')} />;
  if (phone) return <DayList pieces={schedule.pieces} onOpen={open} />;
  const create = (column: Column, from: number, to: number, exact: boolean) => {
    const of = column.of ?? null;
    const slot = {
      day: column.day,
      from,
      to,
      exact,
      ...(by === 'staff' ? { staffId: of } : { placeId: of }),
    };
    const place = by === 'place' ? places.data?.items.find((one) => one.id === of) : undefined;
    // Halls are for sessions, desks and rooms are let.
    onCreate(slot, place && place.kind !== 'hall' ? 'place' : 'session');
  };
  const moved = { ...schedule, pieces: shown(schedule.pieces) };
  return (
    <>
      <Grid
        columns={columnsOf(moved)}
        head={(column) => <Head column={column} schedule={schedule} />}
        by={by}
        zone={zone}
        today={today}
        onOpen={open}
        onCreate={create}
        onMove={(piece, column, from) =>
          void move(piece, {
            day: column.day,
            from,
            of: schedule.view === 'day' ? column.of : undefined,
          })
        }
      />
      <Group justify="space-between" mt="xs">
        <Text size="sm" c="dimmed">
          {t('drag_hint')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('zone', { zone, time: clockTime(nowMinutes(zone)) })}
        </Text>
      </Group>
      {schedule.truncated && (
        <Text size="sm" role="status">
          {t('truncated')}
        </Text>
      )}
    </>
  );
}

function nowMinutes(zone: string): number {
  return wallOf(new Date().toISOString(), zone).minutes;
}

function Head({ column, schedule }: { column: Column; schedule: Schedule }) {
  const t = useText();
  const { view, by, staff, places } = schedule;
  if (view === 'week') {
    return (
      <TextLink to="/schedule" search={{ by, view: 'day', day: column.day }} size="sm" fw={600} c="inherit">
        {dayWords(column.day, { weekday: 'short', day: 'numeric', month: 'short' })}
      </TextLink>
    );
  }
  const rows = by === 'staff' ? staff.data?.items : places.data?.items;
  const name = rows?.find((row) => row.id === column.of)?.name;
  return (
    <Text size="sm" fw={600}>
      {name ?? (by === 'staff' ? t('no_staff') : t('no_place'))}
    </Text>
  );
}
