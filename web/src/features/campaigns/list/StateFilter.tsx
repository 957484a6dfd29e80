import { Select } from '@mantine/core';
import { listRoute, STATES } from '../search';
import { useText } from '../texts';

/** Which campaigns are shown. */
export function StateFilter() {
  const t = useText();
  const { status } = listRoute.useSearch();
  const navigate = listRoute.useNavigate();
  return (
    <Select
      aria-label={t('filter')}
      placeholder={t('filter_all')}
      w={220}
      mb="md"
      clearable
      clearButtonProps={{ 'aria-label': t('filter_all') }}
      data={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
      value={status ?? null}
      onChange={(value) => void navigate({ search: { status: STATES.find((one) => one === value) } })}
    />
  );
}
