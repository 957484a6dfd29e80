import { Skeleton, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { day } from '@/shared/format';
import { Loaded } from '@/shared/ui/states';
import { type Moment, useCourse } from '../data';
import { FigurePanel } from '../FigurePanel';
import type { Scope } from '../search';
import { useText } from '../texts';
import { CHART_HEIGHT } from './chart';
import { useMomentColumns, useNames } from './columns';

const CourseChart = lazy(() => import('./CourseChart'));

/** Whether anything happened at all. */
const eventful = (one: Moment) => one.sent + one.read + one.replied + one.opted_out > 0;

/** Sent, delivered, read and answered, day by day. */
export function Course({ scope }: { scope: Scope }) {
  const t = useText();
  const names = useNames();
  const course = useCourse(scope, 'day');
  const columns = useMomentColumns(t('column.day'), (one) => day(one.at));
  return (
    <Loaded query={course} rows={3}>
      {({ items }) => (
        <FigurePanel
          title={t('course.title')}
          file={`alfa-days-${scope.from}-${scope.to}`}
          columns={columns}
          rows={items}
          shown={items.filter(eventful).toReversed()}
          picture={
            <Suspense fallback={<Skeleton height={CHART_HEIGHT} />}>
              <CourseChart items={items} label={t('course.title')} names={names} />
            </Suspense>
          }
          note={
            <Text size="xs" c="dimmed" mt="sm">
              {t('course.note')}
            </Text>
          }
        />
      )}
    </Loaded>
  );
}
