import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { api, type Schemas } from '@/shared/api/client';
import { moment } from '@/shared/format';
import { Panel } from '@/shared/ui/Panel';
import { Empty, Loaded } from '@/shared/ui/states';
import { useText } from '../texts';
import { NewToken } from './NewToken';
import { RevokeToken } from './RevokeToken';

type Token = Schemas['Token'];

/** Keys of programs that use the API. */
export function Tokens() {
  const t = useText();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const tokens = api.useQuery('get', '/api/tokens');
  const make = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {t('token.new')}
    </Button>
  );
  return (
    <>
      <Loaded query={tokens} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={IconKey} title={t('token.none')} action={make}>
              {t('token.about')}
            </Empty>
          ) : (
            <Panel>
              <Stack gap="md">
                <Text size="sm" c="dimmed">
                  {t('token.about')}
                </Text>
                <Rows items={items} onRevoke={setRevoking} />
                <Group>{make}</Group>
              </Stack>
            </Panel>
          )
        }
      </Loaded>
      {making && <NewToken onClose={() => setMaking(false)} />}
      <RevokeToken token={revoking} onClose={() => setRevoking(null)} />
    </>
  );
}

function Rows({ items, onRevoke }: { items: Token[]; onRevoke: (token: Token) => void }) {
  const t = useText();
  return (
    <Table.ScrollContainer minWidth={520} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-label={t('part.tokens')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('token.name')}</Table.Th>
            <Table.Th>{t('token.scope')}</Table.Th>
            <Table.Th>{t('token.made')}</Table.Th>
            <Table.Th>{t('token.last_used')}</Table.Th>
            <Table.Th>{t('token.state')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((token) => (
            <Table.Tr key={token.id}>
              <Table.Td>{token.name}</Table.Td>
              <Table.Td>{t(`scope.${token.scope}`)}</Table.Td>
              <Table.Td>{moment(token.created_at)}</Table.Td>
              <Table.Td>{token.last_used_at ? moment(token.last_used_at) : t('token.never')}</Table.Td>
              <Table.Td>
                {token.revoked_at ? (
                  t('token.revoked', { at: moment(token.revoked_at) })
                ) : (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={t('token.revoke_named', { name: token.name })}
                    onClick={() => onRevoke(token)}
                  >
                    {t('token.revoke')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
