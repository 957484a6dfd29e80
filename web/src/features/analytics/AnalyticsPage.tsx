import { Button, SimpleGrid, Stack } from '@mantine/core';
import { IconChartHistogram } from '@tabler/icons-react';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Empty, Failed, Loaded, RowsLoading } from '@/shared/ui/states';
import { sums, useCourse, useParts } from './data';
import { Filters } from './Filters';
import { AiUse } from './parts/AiUse';
import { Breakdown } from './parts/Breakdown';
import { Course } from './parts/Course';
import { Funnel } from './parts/Funnel';
import { Replies } from './parts/Replies';
import { Summary } from './parts/Summary';
import { type Scope, useAnalytics, useScope } from './search';
import { useText } from './texts';

const LONGEST = 365;

/** What the campaigns of some days brought. */
export function AnalyticsPage() {
  const t = useText();
  const { scope, today, error, retry } = useScope();
  return (
    <Page wide>
      <PageHeader title={t('title')} about={t('about')} />
      {error ? (
        <Failed error={error} retry={retry} />
      ) : scope && today ? (
        <>
          <Filters scope={scope} today={today} />
          <Stack>
            <Campaigns scope={scope} />
            <AiUse scope={scope} />
          </Stack>
        </>
      ) : (
        <RowsLoading />
      )}
    </Page>
  );
}

/** The figures of campaigns, or what to do so that there are some. */
function Campaigns({ scope }: { scope: Scope }) {
  const parts = useParts(scope, 'campaign');
  const course = useCourse(scope, 'day');
  return (
    <Loaded query={parts}>
      {({ items }) => {
        const happened = course.data?.items.some((one) => one.read + one.replied + one.opted_out > 0);
        if (items.length === 0 && !happened) return <Nothing />;
        return (
          <Stack>
            <Summary sums={sums(items)} />
            <Course scope={scope} />
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              <Funnel scope={scope} />
              <Replies scope={scope} />
            </SimpleGrid>
            <Breakdown scope={scope} />
          </Stack>
        );
      }}
    </Loaded>
  );
}

function Nothing() {
  const t = useText();
  const { days, campaign, product, show } = useAnalytics();
  const narrowed = campaign !== undefined || product !== undefined;
  return (
    <Empty
      icon={IconChartHistogram}
      title={t('empty.title')}
      action={
        days === LONGEST && !narrowed ? (
          <ButtonLink to="/campaigns">{t('empty.campaigns')}</ButtonLink>
        ) : (
          <Button
            onClick={() =>
              show({ days: LONGEST, from: undefined, to: undefined, campaign: undefined, product: undefined })
            }
          >
            {t('empty.longer')}
          </Button>
        )
      }
    >
      {t('empty.about')}
    </Empty>
  );
}
