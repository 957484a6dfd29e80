import { Table, Text } from '@mantine/core';
import type { Schemas } from '@/shared/api/client';
import { count, percent } from '@/shared/format';
import { TextLink } from '@/shared/ui/links';
import { Panel } from '@/shared/ui/Panel';
import { campaignRoute } from '../search';
import { useText } from '../texts';

/** What each text of an A/B test brought. */
export function Variants({ variants }: { variants: Schemas['VariantFigures'][] }) {
  const t = useText();
  const { id } = campaignRoute.useParams();
  return (
    <Panel title={t('variants.title')}>
      <Table.ScrollContainer minWidth={480}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('variants.variant')}</Table.Th>
              <Table.Th ta="right">{t('variants.sent')}</Table.Th>
              <Table.Th ta="right">{t('variants.read')}</Table.Th>
              <Table.Th ta="right">{t('variants.replied')}</Table.Th>
              <Table.Th ta="right">{t('variants.opted_out')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {variants.map((one) => (
              <Table.Tr key={one.variant}>
                <Table.Td>
                  <TextLink
                    to="/campaigns/$id"
                    params={{ id }}
                    search={{ part: 'people', variant: one.variant }}
                    size="sm"
                  >
                    {t('message.variant', { number: one.variant + 1 })}
                  </TextLink>
                </Table.Td>
                <Table.Td ta="right">{count(one.sent)}</Table.Td>
                <Table.Td ta="right">{`${percent(one.read_rate)} (${count(one.read)})`}</Table.Td>
                <Table.Td ta="right">{`${percent(one.reply_rate)} (${count(one.replied)})`}</Table.Td>
                <Table.Td ta="right">{count(one.opted_out)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed">
        {t('variants.note')}
      </Text>
    </Panel>
  );
}
