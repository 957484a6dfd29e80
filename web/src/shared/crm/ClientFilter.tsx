import { api } from '../api/client';
import { ClientPicker } from './ClientPicker';

interface Props {
  id: number | undefined;
  onChange: (id: number | undefined) => void;
}

/** Of which client a list is; the address knows the id only. */
export function ClientFilter({ id, onChange }: Props) {
  const client = api.useQuery(
    'get',
    '/api/clients/{id}',
    { params: { path: { id: id ?? 0 } } },
    { enabled: id !== undefined },
  );
  const known = id !== undefined && client.data ? { id, name: client.data.name } : null;
  return (
    <ClientPicker key={known?.id ?? 'any'} value={known} onChange={(next) => onChange(next?.id)} clearable />
  );
}
