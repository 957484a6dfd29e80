import { Tabs } from '@mantine/core';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Directions } from './directions/Directions';
import { Places } from './places/Places';
import { PARTS, route } from './search';
import { Services } from './services/Services';
import { Staff } from './staff/Staff';
import { useText } from './texts';

/** What the business offers: services, those who hold them, places, directions. */
export function CataloguePage() {
  const t = useText();
  const { part = 'services' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} />
      <Tabs
        value={part}
        onChange={(value) => void navigate({ search: { part: PARTS.find((one) => one === value) } })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {PARTS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`part.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="services">
          <Services />
        </Tabs.Panel>
        <Tabs.Panel value="staff">
          <Staff />
        </Tabs.Panel>
        <Tabs.Panel value="places">
          <Places />
        </Tabs.Panel>
        <Tabs.Panel value="directions">
          <Directions />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
