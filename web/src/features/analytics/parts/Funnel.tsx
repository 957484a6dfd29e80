import { Text } from '@mantine/core';
import { percent } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { Bars } from '@/shared/ui/Bars';
import { Loaded } from '@/shared/ui/states';
import { useFunnel } from '../data';
import { FigurePanel } from '../FigurePanel';
import type { Scope } from '../search';
import { useText } from '../texts';

/** How far the people of these days came. */
export function Funnel({ scope }: { scope: Scope }) {
  const t = useText();
  const shared = useShared();
  const funnel = useFunnel(scope);
  return (
    <Loaded query={funnel} rows={3}>
      {({ stages }) => {
        // All of them were written to, also those who left since; the stage before that says nothing here.
        const written = stages.reduce((sum, one) => sum + one.count, 0);
        const shown = stages
          .filter((one) => one.stage !== 'new')
          .map((one) => (one.stage === 'contacted' ? { ...one, reached: written } : one));
        const share = (value: number) => (written > 0 ? `(${percent(value / written)})` : '');
        return (
          <FigurePanel
            title={t('funnel.title')}
            file={`alfa-funnel-${scope.from}-${scope.to}`}
            columns={[
              { title: t('column.stage'), value: (row) => shared(`stage.${row.stage}`) },
              { title: t('column.reached'), value: (row) => row.reached },
              { title: t('column.now'), value: (row) => row.count },
            ]}
            rows={shown}
            picture={
              <Bars
                rows={shown.map((one) => ({
                  key: one.stage,
                  label: shared(`stage.${one.stage}`),
                  value: one.reached,
                  note: share(one.reached),
                }))}
              />
            }
            note={
              <Text size="xs" c="dimmed" mt="sm">
                {t('funnel.note')}
              </Text>
            }
          />
        );
      }}
    </Loaded>
  );
}
