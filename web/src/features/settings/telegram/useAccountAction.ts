import { useQueryClient } from '@tanstack/react-query';
import { refresh } from '@/shared/api/keys';

/** After anything done to an account its state is asked again, also when it was refused. */
export function useAccountSettled() {
  const client = useQueryClient();
  return () => refresh(client, '/api/accounts*');
}
