import { createFileRoute } from '@tanstack/react-router';
import { PaymentsPage } from '@/features/payments/PaymentsPage';
import { paymentsSearch } from '@/features/payments/search';

export const Route = createFileRoute('/_app/payments')({
  validateSearch: paymentsSearch,
  component: PaymentsPage,
});
