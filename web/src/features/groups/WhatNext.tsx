import { Group as Row, Stack, Text } from '@mantine/core';
import { IconSend, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { http } from '@/shared/api/client';
import { count } from '@/shared/format';
import { ButtonLink } from '@/shared/ui/links';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { useText } from './texts';

/** What can be done with the members that were read: who of them may be written to, and the way to the others' consent. */
export function WhatNext({ groupId }: { groupId: number }) {
  const t = useText();
  const audience = useAudience(groupId);
  return (
    <Panel title={t('next.title')} mt="md">
      <Loaded query={audience} rows={1}>
        {({ total, sendable, reasons }) => (
          <Stack gap="sm">
            <div>
              <Text fw={650}>
                {t('next.may_write', { count: total, shown: count(sendable), total: count(total) })}
              </Text>
              {reasons.map((one) => (
                <Text key={one.reason} size="sm">
                  {t('next.left_out', { reason: one.text.replace(/\.$/, ''), shown: count(one.count) })}
                </Text>
              ))}
            </div>
            {sendable < total && (
              <Text size="sm" c="dimmed" maw={720}>
                {t('next.consent_about')}
              </Text>
            )}
            <Row gap="xs">
              {sendable > 0 && (
                <ButtonLink
                  to="/campaigns/new"
                  search={{ segment: { group_id: groupId } }}
                  leftSection={<IconSend size={16} aria-hidden />}
                >
                  {t('next.campaign')}
                </ButtonLink>
              )}
              <ButtonLink
                to="/contacts"
                search={{ group_id: groupId }}
                variant={sendable > 0 ? 'default' : 'filled'}
                leftSection={<IconUsers size={16} aria-hidden />}
              >
                {t('contacts')}
              </ButtonLink>
              {sendable < total && (
                <ButtonLink
                  to="/contacts"
                  search={{ group_id: groupId, consent: 'none', opted_out: false }}
                  variant="default"
                >
                  {t('next.without_consent')}
                </ButtonLink>
              )}
            </Row>
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}

/** Whom of the members a campaign would reach. A question, though it is a POST. */
function useAudience(groupId: number) {
  const body = { segment: { group_id: groupId } };
  return useQuery({
    queryKey: ['post', '/api/campaigns/audience', body],
    queryFn: async ({ signal }) => {
      const { data } = await http.POST('/api/campaigns/audience', { body, signal });
      return data as NonNullable<typeof data>;
    },
    // Consent is recorded on other pages.
    staleTime: 0,
  });
}
