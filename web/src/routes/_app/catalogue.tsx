import { createFileRoute } from '@tanstack/react-router';
import { CataloguePage } from '@/features/catalogue/CataloguePage';
import { catalogueSearch } from '@/features/catalogue/search';

export const Route = createFileRoute('/_app/catalogue')({
  validateSearch: catalogueSearch,
  component: CataloguePage,
});
