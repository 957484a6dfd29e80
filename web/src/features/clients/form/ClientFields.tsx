import { Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Schemas } from '@/shared/api/client';
import { type Client, useBusiness } from '@/shared/crm/business';
import { DirectionSelect } from '@/shared/crm/DirectionSelect';
import { useText as useCrm } from '@/shared/crm/texts';
import { filled } from '@/shared/ui/forms';
import { STATUSES } from '../search';
import { useText } from '../texts';

/** What a person types about a client; empty inputs are empty strings. */
export interface ClientValues {
  status: Schemas['ClientStatus'];
  direction: string | null;
  source: string;
  birth_date: string;
  contract_number: string;
  subscription_number: string;
  contraindications: string;
  notes: string;
}

/** The form of a client, or of a new one. */
export function valuesOf(client?: Client): ClientValues {
  return {
    status: client?.status ?? 'new',
    direction: client?.direction ?? null,
    source: client?.source ?? '',
    birth_date: client?.birth_date ?? '',
    contract_number: client?.contract_number ?? '',
    subscription_number: client?.subscription_number ?? '',
    contraindications: client?.contraindications ?? '',
    notes: client?.notes ?? '',
  };
}

/** The values as they are sent: an empty input is null, which empties. */
export function cardOf(values: ClientValues) {
  return {
    status: values.status,
    direction: values.direction,
    source: filled(values.source) ?? null,
    birth_date: filled(values.birth_date) ?? null,
    contract_number: filled(values.contract_number) ?? null,
    subscription_number: filled(values.subscription_number) ?? null,
    contraindications: filled(values.contraindications) ?? null,
    notes: filled(values.notes) ?? null,
  };
}

/** Only what differs, so that what a colleague changes meanwhile stays. */
export function changeOf(before: ClientValues, after: ClientValues): Schemas['ClientChange'] {
  const [was, is] = [cardOf(before), cardOf(after)];
  const keys = Object.keys(is) as (keyof typeof is)[];
  return Object.fromEntries(keys.filter((key) => was[key] !== is[key]).map((key) => [key, is[key]]));
}

/** Nobody is born after today; days of the calendar compare as text. */
export function isBornLater({ birth_date }: Pick<ClientValues, 'birth_date'>, today: string): boolean {
  return birth_date > today;
}

/** The inputs of a client's card. */
export function ClientFields<T extends ClientValues>({ form: typed }: { form: UseFormReturnType<T> }) {
  const t = useText();
  const crm = useCrm();
  const { today } = useBusiness();
  // The form of a new client has more inputs; these are in both.
  const form = typed as unknown as UseFormReturnType<ClientValues>;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label={t('column.status')}
          allowDeselect={false}
          data={STATUSES.map((value) => ({ value, label: crm(`client.${value}`) }))}
          {...form.getInputProps('status')}
        />
        <DirectionSelect {...form.getInputProps('direction')} />
        <TextInput label={t('form.source')} maxLength={255} {...form.getInputProps('source')} />
        <TextInput
          type="date"
          label={t('form.birth_date')}
          max={today}
          {...form.getInputProps('birth_date')}
        />
        <TextInput
          label={t('form.contract_number')}
          maxLength={64}
          {...form.getInputProps('contract_number')}
        />
        <TextInput
          label={t('form.subscription_number')}
          maxLength={64}
          {...form.getInputProps('subscription_number')}
        />
      </SimpleGrid>
      <Textarea
        label={t('form.contraindications')}
        autosize
        minRows={1}
        {...form.getInputProps('contraindications')}
      />
      <Textarea label={t('form.notes')} autosize minRows={2} {...form.getInputProps('notes')} />
    </>
  );
}
