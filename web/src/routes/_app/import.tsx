import { createFileRoute } from '@tanstack/react-router';
import { ImportPage } from '@/features/import/ImportPage';
import { importSearch } from '@/features/import/search';

export const Route = createFileRoute('/_app/import')({
  validateSearch: importSearch,
  component: ImportPage,
});
