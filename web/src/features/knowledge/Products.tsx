import { Alert, Anchor, Badge, Group, List, Stack, Table, Text } from '@mantine/core';
import { IconInfoCircle, IconPackage } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { api, type Schemas } from '@/shared/api/client';
import { count, day } from '@/shared/format';
import { language } from '@/shared/i18n';
import { Panel } from '@/shared/ui/Panel';
import { Empty, Loaded } from '@/shared/ui/states';
import { useText } from './texts';

type Product = Schemas['KnowledgeProductAnswer'];
type Fact = Schemas['KnowledgeFactAnswer'];

/** A text in the person's language, or in Russian when it has none. */
function said(text: Schemas['Localized_String']): string {
  return text[language()] ?? text.ru ?? text.en ?? '';
}

/** The programme, and each product with the facts that may be told of it. */
export function Products() {
  const t = useText();
  const program = api.useQuery('get', '/api/knowledge/program');
  const list = api.useQuery('get', '/api/knowledge/products');
  return (
    <Stack gap="md">
      <Loaded query={program} rows={2}>
        {(data) => <Program program={data} />}
      </Loaded>
      <Loaded query={list}>
        {(data) => {
          const ids = idsOf(data);
          if (ids.length > 0) return <Details ids={ids} />;
          return (
            <Empty icon={IconPackage} title={t('product.none')}>
              {t('product.none_about')}
            </Empty>
          );
        }}
      </Loaded>
    </Stack>
  );
}

/** The list is the seed's endpoint, whose answer the document leaves open; each product is typed. */
function idsOf(list: unknown): number[] {
  const { items } = list as { items: { id: number }[] };
  return items.map((item) => item.id);
}

function Details({ ids }: { ids: number[] }) {
  const found = useQueries({
    queries: ids.map((id) =>
      api.queryOptions('get', '/api/knowledge/products/{id}', { params: { path: { id } } }),
    ),
  });
  return found.map((query, index) => (
    <Loaded key={ids[index]} query={query} rows={2}>
      {(product) => <ProductPanel product={product} />}
    </Loaded>
  ));
}

function Program({ program }: { program: Schemas['KnowledgeProgramAnswer'] }) {
  const t = useText();
  return (
    <>
      {program.sample && (
        <Alert
          color="orange"
          variant="outline"
          bg="var(--alfa-panel)"
          // Orange and blue titles fail AA on white.
          styles={{ title: { color: 'var(--mantine-color-text)' } }}
          icon={<IconInfoCircle aria-hidden />}
          title={t('sample.title')}
        >
          {t('sample.about')}
        </Alert>
      )}
      <Panel title={said(program.name)}>
        <Stack gap="xs">
          <Text size="sm">{said(program.description)}</Text>
          <Text size="sm" c="dimmed">
            {t('program.persona', { who: said(program.persona), bank: said(program.bank) })}
          </Text>
          <List size="sm">
            {program.benefits.map((benefit) => (
              <List.Item key={benefit.id}>{said(benefit.text)}</List.Item>
            ))}
          </List>
          <Group gap="xs">
            {program.levels.map((level) => (
              <Badge key={level.id} variant="default" tt="none">
                {level.max_points
                  ? t('program.level', {
                      id: level.id,
                      from: count(level.min_points),
                      to: count(level.max_points),
                    })
                  : t('program.level_from', { id: level.id, from: count(level.min_points) })}
              </Badge>
            ))}
          </Group>
        </Stack>
      </Panel>
    </>
  );
}

function ProductPanel({ product }: { product: Product }) {
  const t = useText();
  return (
    <Panel title={said(product.name)}>
      <Stack gap="xs">
        <Text size="sm">{said(product.description)}</Text>
        <Text size="sm" c="dimmed">
          {t('product.points', { points: count(product.points) })}
          {' · '}
          <Anchor href={product.link} target="_blank" rel="noopener noreferrer" size="sm">
            {product.link}
          </Anchor>
        </Text>
        <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table aria-label={t('fact.table', { product: said(product.name) })}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('fact.label')}</Table.Th>
                <Table.Th>{t('fact.value')}</Table.Th>
                <Table.Th>{t('fact.valid')}</Table.Th>
                <Table.Th>{t('fact.source')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {product.facts.map((fact) => (
                <Table.Tr key={fact.attribute}>
                  <Table.Td>{said(fact.label)}</Table.Td>
                  <Table.Td>{said(fact.display)}</Table.Td>
                  <Table.Td>
                    <Validity fact={fact} />
                  </Table.Td>
                  <Table.Td>{fact.source}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Stack>
    </Panel>
  );
}

/** Since when and until when a fact may be told; one out of its time is never told. */
function Validity({ fact }: { fact: Fact }) {
  const t = useText();
  const parts = [
    fact.valid_from && t('fact.from', { day: day(fact.valid_from) }),
    fact.valid_to && t('fact.to', { day: day(fact.valid_to) }),
  ].filter(Boolean);
  return (
    <Group gap="xs">
      {!fact.live && (
        <Badge color="red" variant="default" tt="none">
          {t('fact.dead')}
        </Badge>
      )}
      {parts.length > 0 ? parts.join(' ') : t('fact.always')}
    </Group>
  );
}
