import { Table, Text } from '@mantine/core';
import type { Contact } from '@/shared/contact/Facts';
import { phone } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { useText } from '../../texts';
import classes from './Comparison.module.css';
import { type Compared, consentAfter, outcome } from './outcome';

/** Both records side by side; what stays is marked, what goes is struck through. */
export function Comparison({ kept, other }: { kept: Contact; other: Contact }) {
  const t = useText();
  const shared = useShared();
  const consent = (contact: Contact) =>
    contact.opted_out_at ? shared('stage.opted_out') : shared(`consent.${contact.consent}`);
  const after = consentAfter(kept, other);
  const mine = kept.opted_out_at ? 'opted_out' : kept.consent;
  const tags = [...new Set([...kept.tags, ...other.tags])];
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table verticalSpacing="xs" aria-label={t('merge.table')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th aria-label={t('merge.what')} />
            <Table.Th>{t('merge.this')}</Table.Th>
            <Table.Th>{t('merge.other')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {outcome(kept, other).map((line) => (
            <Row
              key={line.field}
              label={t(`form.${line.field}`)}
              kept={shown(line.field, line.kept)}
              other={shown(line.field, line.other)}
              stays={line.stays}
            />
          ))}
          <Row
            label={t('column.consent')}
            kept={consent(kept)}
            other={consent(other)}
            stays={after === mine ? 'kept' : 'other'}
          />
          {tags.length > 0 && (
            <Row
              label={t('column.tags')}
              kept={kept.tags.join(', ')}
              other={other.tags.join(', ')}
              stays="both"
            />
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function shown(field: Compared, value: string): string {
  if (field === 'phone' && value) return phone(value);
  return field === 'username' && value ? `@${value}` : value;
}

interface RowProps {
  label: string;
  kept: string;
  other: string;
  stays: 'kept' | 'other' | 'both';
}

function Row({ label, kept, other, stays }: RowProps) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {label}
      </Table.Th>
      <Table.Td>
        <Value text={kept} stays={stays !== 'other'} />
      </Table.Td>
      <Table.Td>
        <Value text={other} stays={stays !== 'kept' || other === kept} />
      </Table.Td>
    </Table.Tr>
  );
}

function Value({ text, stays }: { text: string; stays: boolean }) {
  const t = useText();
  if (!text) return null;
  return stays ? (
    <Text size="sm" fw={600} className={classes.value}>
      {text}
    </Text>
  ) : (
    <Text
      component="del"
      td="line-through"
      size="sm"
      c="dimmed"
      className={classes.value}
      title={t('merge.goes')}
    >
      {text}
    </Text>
  );
}
