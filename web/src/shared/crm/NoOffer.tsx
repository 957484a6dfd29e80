import { Code, Text } from '@mantine/core';
import { IconBooks } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { ButtonLink } from '../ui/links';
import { Empty } from '../ui/states';
import { useText } from './texts';

/** The command that fills an Alfa with an invented studio. */
const DEMO = 'alfa demo';

/** The business has nothing to sell or to book yet: where to begin. */
export function NoOffer({ icon, title }: { icon: ComponentProps<typeof Empty>['icon']; title: string }) {
  const t = useText();
  return (
    <Empty
      icon={icon}
      title={title}
      action={
        <ButtonLink to="/catalogue" leftSection={<IconBooks size={16} aria-hidden />}>
          {t('no_offer.action')}
        </ButtonLink>
      }
    >
      {t('no_offer.about')}
      <Text size="sm" mt="xs" component="p">
        {t('no_offer.demo')} <Code>{DEMO}</Code>
      </Text>
    </Empty>
  );
}
