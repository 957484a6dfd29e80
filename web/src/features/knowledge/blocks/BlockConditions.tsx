import { MultiSelect, Select, SimpleGrid, Switch, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useProducts } from '@/shared/api/products';
import { useText } from '../texts';
import { type BlockValues, conditionsOf, DAY_PARTS, LEANS, type Purpose } from './blockValues';

interface Props {
  form: UseFormReturnType<BlockValues>;
  purpose: Purpose;
}

/** When a text fits: which products and facts it needs, whose profile, what time of the day. */
export function BlockConditions({ form, purpose }: Props) {
  const t = useText();
  const may = conditionsOf(purpose);
  return (
    <>
      {may.lean && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <Select
            label={t('block.by')}
            allowDeselect={false}
            data={LEANS.map((value) => ({ value, label: t(`lean.${value}`) }))}
            {...form.getInputProps('by')}
          />
          {form.values.by !== 'any' && (
            <TextInput
              label={t('block.words')}
              description={t('block.words_about')}
              {...form.getInputProps('words')}
            />
          )}
        </SimpleGrid>
      )}
      {may.day && (
        <Select
          label={t('block.time')}
          allowDeselect={false}
          data={DAY_PARTS.map((value) => ({ value, label: t(`day_part.${value}`) }))}
          {...form.getInputProps('time')}
        />
      )}
      {may.products && <ProductsAndFacts form={form} />}
      {may.name && (
        <Switch
          label={t('block.requires_name')}
          {...form.getInputProps('requires_name', { type: 'checkbox' })}
        />
      )}
      {may.closes && (
        <Switch
          label={t('block.closes')}
          description={t('block.closes_about')}
          {...form.getInputProps('closes_dialog', { type: 'checkbox' })}
        />
      )}
    </>
  );
}

function ProductsAndFacts({ form }: { form: UseFormReturnType<BlockValues> }) {
  const t = useText();
  const products = useProducts().data ?? [];
  const chosen = new Set(form.values.products);
  const fitting = products.filter((one) => chosen.size === 0 || chosen.has(String(one.id)));
  const facts = new Map(
    fitting.flatMap((one) => one.facts.map((fact) => [fact.attribute, fact.label] as const)),
  );
  for (const attribute of form.values.requires) if (!facts.has(attribute)) facts.set(attribute, attribute);
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <MultiSelect
        label={t('block.products')}
        placeholder={chosen.size === 0 ? t('block.all_products') : undefined}
        clearable
        clearButtonProps={{ 'aria-label': t('block.all_products') }}
        data={products.map((one) => ({ value: String(one.id), label: one.name }))}
        {...form.getInputProps('products')}
      />
      <MultiSelect
        label={t('block.requires')}
        description={t('block.requires_about')}
        data={[...facts].map(([value, label]) => ({ value, label }))}
        {...form.getInputProps('requires')}
      />
    </SimpleGrid>
  );
}
