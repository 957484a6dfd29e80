import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconCash } from '@tabler/icons-react';
import { api } from '@/shared/api/client';
import { PaymentActions } from '@/shared/crm/PaymentActions';
import { Amount, ForWhat, PaidAt, Standing } from '@/shared/crm/PaymentCells';
import { useText as useCrm } from '@/shared/crm/texts';
import { ButtonLink } from '@/shared/ui/links';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';

const SHOWN = 8;

/** What the client paid and got back, the newest first. */
export function Payments({ clientId, onTake }: { clientId: number; onTake: () => void }) {
  const t = useText();
  const crm = useCrm();
  const payments = api.useQuery('get', '/api/payments', {
    params: { query: { client_id: clientId, sort: '-id', limit: SHOWN } },
  });
  return (
    <Panel title={t('card.payments')}>
      <Loaded query={payments} rows={2}>
        {({ items, total }) => (
          <Stack gap="xs">
            {items.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('card.no_payments')}
              </Text>
            )}
            {items.map((payment) => (
              <Paper key={payment.id} withBorder p="xs">
                <Group justify="space-between" gap="xs" wrap="nowrap">
                  <div style={{ minWidth: 0 }}>
                    <ForWhat payment={payment} />
                    <Group gap={6}>
                      <Standing payment={payment} />
                      <PaidAt payment={payment} />
                    </Group>
                  </div>
                  <Group gap={6} wrap="nowrap" style={{ flex: 'none' }}>
                    <Amount payment={payment} />
                    <PaymentActions payment={payment} />
                  </Group>
                </Group>
              </Paper>
            ))}
            <Group gap="xs">
              <Button
                size="xs"
                variant="default"
                leftSection={<IconCash size={15} aria-hidden />}
                onClick={onTake}
              >
                {crm('pay.title')}
              </Button>
              {total > items.length && (
                <ButtonLink to="/payments" search={{ client_id: clientId }} size="xs" variant="subtle">
                  {t('card.more', { total })}
                </ButtonLink>
              )}
            </Group>
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}
