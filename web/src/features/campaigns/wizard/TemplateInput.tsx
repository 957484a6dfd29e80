import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useRef } from 'react';
import { useText } from '../texts';

const MAX_CHARS = 4096;
/** The placeholders that the server fills in, and their names in the catalogue. */
const PLACEHOLDERS = [
  ['first_name', 'first_name'],
  ['profession', 'profession'],
  ['interests', 'interests'],
  ['product.name', 'product_name'],
  ['product.link', 'product_link'],
  ['persona', 'persona'],
] as const;

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onRemove?: () => void;
  error?: string;
}

/** A text with placeholders, which buttons put in where the cursor is. */
export function TemplateInput({ label, value, onChange, onRemove, error }: Props) {
  const t = useText();
  const input = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string) => {
    const at = input.current?.selectionStart ?? value.length;
    onChange(`${value.slice(0, at)}{{${name}}}${value.slice(input.current?.selectionEnd ?? at)}`);
    input.current?.focus();
  };
  return (
    <Stack gap={6}>
      <Textarea
        ref={input}
        label={label}
        autosize
        minRows={3}
        maxRows={14}
        maxLength={MAX_CHARS}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Group gap={6}>
        <Text size="xs" c="dimmed">
          {t('message.insert')}
        </Text>
        {PLACEHOLDERS.map(([name, label]) => (
          <Button key={name} size="compact-xs" variant="default" onClick={() => insert(name)}>
            {t(`placeholder.${label}`)}
          </Button>
        ))}
        {onRemove && (
          <Button size="compact-xs" variant="subtle" color="red" onClick={onRemove}>
            {t('message.remove_variant')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
