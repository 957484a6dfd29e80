import { Tabs } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconBrandTelegram,
  IconHistory,
  IconInfoCircle,
  IconKey,
  IconSparkles,
} from '@tabler/icons-react';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { About } from './about/About';
import { Providers } from './ai/Providers';
import { Audit } from './audit/Audit';
import { Policy } from './policy/Policy';
import { PARTS, type Part, route } from './search';
import { Accounts } from './telegram/Accounts';
import { useText } from './texts';
import { Tokens } from './tokens/Tokens';

const ICONS = {
  telegram: IconBrandTelegram,
  ai: IconSparkles,
  policy: IconAdjustmentsHorizontal,
  tokens: IconKey,
  audit: IconHistory,
  about: IconInfoCircle,
};
const CONTENT: Record<Part, () => React.ReactNode> = {
  telegram: Accounts,
  ai: Providers,
  policy: Policy,
  tokens: Tokens,
  audit: Audit,
  about: About,
};

/** What an administrator sets up and looks after. */
export function SettingsPage() {
  const t = useText();
  const { part = 'telegram' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page>
      <PageHeader title={t('title')} />
      <Tabs
        value={part}
        onChange={(next) => void navigate({ search: { part: next as Part } })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {PARTS.map((one) => {
            const Icon = ICONS[one];
            return (
              <Tabs.Tab key={one} value={one} leftSection={<Icon size={16} aria-hidden />}>
                {t(`part.${one}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        {PARTS.map((one) => {
          const Content = CONTENT[one];
          return (
            <Tabs.Panel key={one} value={one}>
              <Content />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </Page>
  );
}
