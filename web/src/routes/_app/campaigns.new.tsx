import { createFileRoute } from '@tanstack/react-router';
import { WizardPage } from '@/features/campaigns/wizard/WizardPage';
import { wizardSearch } from '@/features/campaigns/search';

export const Route = createFileRoute('/_app/campaigns/new')({
  validateSearch: wizardSearch,
  component: WizardPage,
});
