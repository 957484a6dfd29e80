import { Button, Group, Stack } from '@mantine/core';
import { IconPackage, IconPlus } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas } from '@/shared/api/client';
import { Empty, Loaded } from '@/shared/ui/states';
import { ProductForm } from './edit/ProductForm';
import { ProductPanel } from './ProductPanel';
import { ProgramPanel } from './ProgramPanel';
import { useText } from './texts';

type Program = Schemas['KnowledgeProgramAnswer'];

/** The programme, and each product with the facts that may be told of it. */
export function Products() {
  const program = api.useQuery('get', '/api/knowledge/program');
  return (
    <Loaded query={program}>
      {(data) => (
        <Stack gap="md">
          <ProgramPanel program={data} />
          <List program={data} />
        </Stack>
      )}
    </Loaded>
  );
}

function List({ program }: { program: Program }) {
  const t = useText();
  const [adding, setAdding] = useState(false);
  const list = api.useQuery('get', '/api/knowledge/products');
  const add = (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setAdding(true)}
    >
      {t('product.add')}
    </Button>
  );
  return (
    <>
      <Loaded query={list}>
        {(data) => {
          const ids = idsOf(data);
          if (ids.length === 0)
            return (
              <Empty icon={IconPackage} title={t('product.none')} action={add}>
                {t('product.none_about')}
              </Empty>
            );
          return (
            <>
              <Details ids={ids} program={program} />
              <Group>{add}</Group>
            </>
          );
        }}
      </Loaded>
      {adding && <ProductForm program={program} onClose={() => setAdding(false)} />}
    </>
  );
}

/** The list is the seed's endpoint, whose answer the document leaves open; each product is typed. */
function idsOf(list: unknown): number[] {
  const { items } = list as { items: { id: number }[] };
  return items.map((item) => item.id);
}

function Details({ ids, program }: { ids: number[]; program: Program }) {
  const found = useQueries({
    queries: ids.map((id) =>
      api.queryOptions('get', '/api/knowledge/products/{id}', { params: { path: { id } } }),
    ),
  });
  return found.map((query, index) => (
    <Loaded key={ids[index]} query={query} rows={2}>
      {(product) => <ProductPanel product={product} program={program} />}
    </Loaded>
  ));
}
