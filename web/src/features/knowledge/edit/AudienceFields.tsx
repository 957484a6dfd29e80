import { Grid, NumberInput, SimpleGrid, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useText } from '../texts';
import { ADULT, FITTING, NO_WORDS, type ProductValues } from './productValues';
import { Rows } from './Rows';

/** Whom the product fits: words of a person's profile and ages, each with its weight in the recommendation. */
export function AudienceFields({ form }: { form: UseFormReturnType<ProductValues> }) {
  const t = useText();
  const number = (path: string, label: string) => (
    <NumberInput
      label={label}
      min={0}
      max={1000}
      allowDecimal={false}
      hideControls
      {...form.getInputProps(path)}
    />
  );
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('audience.about')}
      </Text>
      {FITTING.map((of) => (
        <Rows
          key={of}
          legend={t(`audience.${of}`)}
          rows={form.values.audience[of]}
          add={t('audience.add')}
          onAdd={() => form.insertListItem(`audience.${of}`, NO_WORDS)}
          onRemove={(index) => form.removeListItem(`audience.${of}`, index)}
          row={(index) => (
            <Grid gap="xs">
              <Grid.Col span={{ base: 8, sm: 10 }}>
                <TextInput
                  label={t('audience.words')}
                  {...form.getInputProps(`audience.${of}.${index}.words`)}
                />
              </Grid.Col>
              <Grid.Col span={{ base: 4, sm: 2 }}>
                {number(`audience.${of}.${index}.weight`, t('audience.weight'))}
              </Grid.Col>
            </Grid>
          )}
        />
      ))}
      <Rows
        legend={t('audience.ages')}
        rows={form.values.audience.ages}
        add={t('audience.add_ages')}
        onAdd={() => form.insertListItem('audience.ages', ADULT)}
        onRemove={(index) => form.removeListItem('audience.ages', index)}
        row={(index) => (
          <SimpleGrid cols={3} spacing="xs">
            {number(`audience.ages.${index}.from`, t('audience.from'))}
            {number(`audience.ages.${index}.to`, t('audience.to'))}
            {number(`audience.ages.${index}.weight`, t('audience.weight'))}
          </SimpleGrid>
        )}
      />
    </>
  );
}
