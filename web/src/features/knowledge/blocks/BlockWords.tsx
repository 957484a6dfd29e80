import { Code, Fieldset, Group, SimpleGrid, Text, Textarea } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { TextLanguage } from '../edit/texts';
import { useText } from '../texts';
import type { BlockValues } from './blockValues';

/** What every text may say of the person, the programme and the product. */
const SLOTS = [
  'first_name',
  'persona',
  'program.name',
  'program.bank',
  'product.name',
  'product.link',
] as const;
const ROWS = 3;

interface Props {
  form: UseFormReturnType<BlockValues>;
  languages: readonly TextLanguage[];
}

/** The words in each language, to whom one says "you" politely and to a friend, and what is filled in by itself. */
export function BlockWords({ form, languages }: Props) {
  const t = useText();
  const slots = [...SLOTS, ...form.values.requires.map((one) => `fact.${one}`)];
  return (
    <>
      {languages.map((language) => (
        <Fieldset key={language} legend={t(`language.${language}`)} p="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            {(['formal', 'informal'] as const).map((form_of_address) => (
              <Textarea
                key={form_of_address}
                label={t(`block.${form_of_address}`)}
                lang={language}
                autosize
                minRows={ROWS}
                required
                {...form.getInputProps(`${language}.${form_of_address}`)}
              />
            ))}
          </SimpleGrid>
        </Fieldset>
      ))}
      <Group gap={6}>
        <Text size="xs" c="dimmed">
          {t('block.slots')}
        </Text>
        {slots.map((slot) => (
          <Code key={slot}>{`{{${slot}}}`}</Code>
        ))}
      </Group>
    </>
  );
}
