import { SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useText } from '../texts';
import type { TextLanguage } from './texts';

interface Form {
  getInputProps: (path: string) => object;
}

interface Props {
  form: Form;
  /** Where the texts stand in the form's values. */
  path: string;
  label: string;
  description?: string;
  languages: readonly TextLanguage[];
  /** Several lines. */
  long?: boolean;
  required?: boolean;
}

/** The same text in each language of the base. */
export function LocalizedInputs({ form, path, label, description, languages, long, required }: Props) {
  const t = useText();
  const Input = long ? Textarea : TextInput;
  const shape = long ? { autosize: true, minRows: 2, maxRows: 12 } : {};
  return (
    <SimpleGrid cols={{ base: 1, sm: Math.min(2, languages.length) }} spacing="sm">
      {languages.map((language) => (
        <Input
          key={language}
          label={t('edit.in_language', { label, language: t(`language.${language}`) })}
          description={description}
          lang={language}
          required={required}
          {...shape}
          {...form.getInputProps(`${path}.${language}`)}
        />
      ))}
    </SimpleGrid>
  );
}
