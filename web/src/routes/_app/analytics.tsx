import { createFileRoute } from '@tanstack/react-router';
import { AnalyticsPage } from '@/features/analytics/AnalyticsPage';
import { analyticsSearch } from '@/features/analytics/search';

export const Route = createFileRoute('/_app/analytics')({
  validateSearch: analyticsSearch,
  component: AnalyticsPage,
});
