import { Group, List, Text, ThemeIcon } from '@mantine/core';
import { IconArrowRight, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { api, type Schemas } from '@/shared/api/client';
import { plusDays } from '@/shared/crm/clock';
import { count } from '@/shared/format';
import { TextLink } from '@/shared/ui/links';
import { Panel } from '@/shared/ui/Panel';
import { useText } from './texts';

/** Who has not come for so long is worth a word. */
const INACTIVE_DAYS = 30;
/** A subscription that ends this soon is to be sold anew. */
const ENDING_DAYS = 7;
/** Clients who are named of those whose subscription ends. */
const SHOWN_ENDING = 5;
/** Of lists, only how many there are is asked. */
const COUNT_ONLY = { limit: 1 } as const;

/** What there is to do, each with a way there; only what there is any of. */
export function NextSteps({ summary }: { summary: Schemas['Summary'] }) {
  const t = useText();
  const { today, debtors } = summary;
  const inactive = api.useQuery('get', '/api/clients', {
    params: { query: { inactive_days: INACTIVE_DAYS, status: 'active', ...COUNT_ONLY } },
  });
  const birthdays = api.useQuery('get', '/api/clients', {
    params: { query: { birthday_from: today, birthday_to: today, ...COUNT_ONLY } },
  });
  const ending = api.useQuery('get', '/api/subscriptions', {
    params: {
      query: {
        status: 'active',
        ends_from: today,
        ends_to: plusDays(today, ENDING_DAYS),
        sort: 'ends_on',
        limit: SHOWN_ENDING,
      },
    },
  });
  const tomorrow = plusDays(today, 1);
  const planned = api.useQuery('get', '/api/schedule/sessions', {
    params: { query: { from_day: tomorrow, to_day: tomorrow, status: 'scheduled', ...COUNT_ONLY } },
  });
  const many = (number: number | undefined) => ({ count: number ?? 0, shown: count(number ?? 0) });
  const steps: (ReactNode | false)[] = [
    debtors > 0 && (
      <TextLink key="debtors" to="/clients" search={{ debtors: true }} size="sm">
        {t('next.debtors', { ...many(debtors), amount: summary.debt.formatted })}
      </TextLink>
    ),
    (birthdays.data?.total ?? 0) > 0 && (
      <TextLink key="birthdays" to="/clients" search={{ birthday_from: today, birthday_to: today }} size="sm">
        {t('next.birthdays', many(birthdays.data?.total))}
      </TextLink>
    ),
    (ending.data?.total ?? 0) > 0 && <Ending key="ending" page={ending.data} />,
    (inactive.data?.total ?? 0) > 0 && (
      <TextLink
        key="inactive"
        to="/clients"
        search={{ inactive_days: INACTIVE_DAYS, status: 'active' }}
        size="sm"
      >
        {t('next.inactive', { ...many(inactive.data?.total), days: INACTIVE_DAYS })}
      </TextLink>
    ),
    planned.data?.total === 0 && (
      <TextLink key="planned" to="/schedule" search={{ day: tomorrow, view: 'day' }} size="sm">
        {t('next.planned')}
      </TextLink>
    ),
    summary.total_clients === 0 && (
      <TextLink key="clients" to="/clients" search={{ create: true }} size="sm">
        {t('next.clients')}
      </TextLink>
    ),
  ];
  const shown = steps.filter(Boolean);
  return (
    <Panel title={t('next.title')}>
      <List
        spacing={6}
        // Of several lines, the arrow stands at the first.
        styles={{ itemWrapper: { alignItems: 'flex-start' } }}
        icon={
          <ThemeIcon size={20} radius="xl" variant="light" aria-hidden>
            {shown.length > 0 ? <IconArrowRight size={13} /> : <IconCheck size={13} />}
          </ThemeIcon>
        }
      >
        {shown.length === 0 && (
          <List.Item>
            <Text size="sm">{t('next.nothing')}</Text>
          </List.Item>
        )}
        {steps.map((step) => step && <List.Item key={(step as { key: string }).key}>{step}</List.Item>)}
        <List.Item>
          <TextLink to="/assistant" size="sm">
            {t('next.ask')}
          </TextLink>
        </List.Item>
      </List>
    </Panel>
  );
}

/** Whose subscription ends soon. */
function Ending({ page }: { page: Schemas['Page_Subscription'] | undefined }) {
  const t = useText();
  const { items = [], total = 0 } = page ?? {};
  const named = items.flatMap(({ client }) => client ?? []);
  return (
    <>
      <TextLink to="/clients/subscriptions" search={{ show: 'ending' }} size="sm">
        {t('next.ending', { count: total, shown: count(total), days: ENDING_DAYS })}
      </TextLink>
      <Group gap="sm" style={{ rowGap: 0 }}>
        {named.map(({ id, name }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: somebody may have two that end.
          <TextLink key={`${id} ${index}`} to="/clients/$id" params={{ id }} size="sm">
            {name}
          </TextLink>
        ))}
      </Group>
    </>
  );
}
