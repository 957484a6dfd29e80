import { createFileRoute } from '@tanstack/react-router';
import { SchedulePage } from '@/features/schedule/SchedulePage';
import { scheduleSearch } from '@/features/schedule/search';

export const Route = createFileRoute('/_app/schedule')({
  validateSearch: scheduleSearch,
  component: SchedulePage,
});
