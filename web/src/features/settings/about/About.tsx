import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { api } from '@/shared/api/client';
import { useText as useShared } from '@/shared/i18n';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';
import classes from './About.module.css';

/** What this Alfa is and how it was started: what only its environment can change. */
export function About() {
  const t = useText();
  const shared = useShared();
  const about = api.useQuery('get', '/api/system');
  return (
    <Loaded query={about} rows={4}>
      {(data) => {
        const sandbox = data.mode === 'sandbox';
        const rows = [
          [t('about.version'), data.version],
          [t('about.mode'), sandbox ? t('about.sandbox') : t('about.production')],
          [t('about.access'), data.closed ? t('about.closed') : t('about.open')],
          [t('about.time_zone'), data.time_zone],
          [t('about.currency'), data.currency],
          [t('about.upload_consent'), shared(`consent.${data.upload_consent}`)],
          [t('about.ai_disclosure'), data.ai_disclosure ? t('about.yes') : t('about.no')],
        ] as const;
        return (
          <Stack gap="md">
            {data.degraded.map((one) => (
              <Alert
                key={one.code}
                color="orange"
                variant="outline"
                bg="var(--alfa-panel)"
                icon={<IconAlertTriangle aria-hidden />}
              >
                {one.text}
              </Alert>
            ))}
            <Panel title={t('about.title')}>
              <dl className={classes.list}>
                {rows.map(([name, value]) => (
                  <div key={name} className={classes.row}>
                    <Text component="dt" size="sm" c="dimmed">
                      {name}
                    </Text>
                    <Text component="dd" size="sm" m={0}>
                      {value}
                    </Text>
                  </div>
                ))}
              </dl>
              <Text size="sm" c="dimmed" mt="sm">
                {t('about.where')}
              </Text>
            </Panel>
          </Stack>
        );
      }}
    </Loaded>
  );
}
