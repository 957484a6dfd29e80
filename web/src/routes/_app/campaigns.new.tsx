import { createFileRoute } from '@tanstack/react-router';
import { wizardSearch } from '@/features/campaigns/search';
import { WizardPage } from '@/features/campaigns/wizard/WizardPage';

export const Route = createFileRoute('/_app/campaigns/new')({
  validateSearch: wizardSearch,
  component: WizardPage,
});
