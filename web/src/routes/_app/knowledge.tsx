import { createFileRoute } from '@tanstack/react-router';
import { KnowledgePage } from '@/features/knowledge/KnowledgePage';
import { knowledgeSearch } from '@/features/knowledge/search';

export const Route = createFileRoute('/_app/knowledge')({
  validateSearch: knowledgeSearch,
  component: KnowledgePage,
});
