import { Tabs } from '@mantine/core';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Blocks, Objections } from './blocks/Blocks';
import { Products } from './Products';
import { PARTS, type Part, useKnowledge } from './search';
import { TryOut } from './TryOut';
import { useText } from './texts';
import { Versions } from './Versions';
import { YamlFile } from './YamlFile';

const CONTENT: Record<Part, () => React.ReactNode> = {
  products: Products,
  objections: Objections,
  blocks: Blocks,
  try: TryOut,
  file: YamlFile,
  versions: Versions,
};

/** All that texts may say: the programme, the products with their facts, and how that changed. */
export function KnowledgePage() {
  const t = useText();
  const { part = 'products', open } = useKnowledge();
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} />
      <Tabs value={part} onChange={(next) => open(next as Part)} keepMounted={false}>
        <Tabs.List mb="md">
          {PARTS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`part.${one}`)}
            </Tabs.Tab>
          ))}
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
