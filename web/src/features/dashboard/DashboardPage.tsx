import { Grid, Stack } from '@mantine/core';
import { IconLayoutDashboard } from '@tabler/icons-react';
import { api, type Schemas } from '@/shared/api/client';
import { useServices } from '@/shared/crm/business';
import { dayWords } from '@/shared/crm/clock';
import { NoOffer } from '@/shared/crm/NoOffer';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Loaded } from '@/shared/ui/states';
import { NextSteps } from './NextSteps';
import { Revenue } from './Revenue';
import { Tiles } from './Tiles';
import { Today } from './Today';
import { useText } from './texts';
import { WaitingForAnswer } from './WaitingForAnswer';

/** The business at a glance, and what to do next. */
export function DashboardPage() {
  const t = useText();
  const summary = api.useQuery('get', '/api/dashboard/summary');
  return (
    <Page wide>
      <PageHeader
        title={t('title')}
        about={
          summary.data &&
          t('about', {
            day: dayWords(summary.data.today, {
              weekday: 'long',
              day: 'numeric',
              month: 'long',
              year: 'numeric',
            }),
          })
        }
      />
      <Loaded query={summary}>{(data) => <Content summary={data} />}</Loaded>
    </Page>
  );
}

function Content({ summary }: { summary: Schemas['Summary'] }) {
  const t = useText();
  const services = useServices();
  if (summary.total_clients === 0 && services.data?.total === 0)
    return <NoOffer icon={IconLayoutDashboard} title={t('empty')} />;
  return (
    <Stack gap="md">
      <Tiles summary={summary} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="md">
            <Revenue summary={summary} />
            <Today day={summary.today} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <NextSteps summary={summary} />
            <WaitingForAnswer />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
