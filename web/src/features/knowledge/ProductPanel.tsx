import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas } from '@/shared/api/client';
import { paramsOf, pathOf, refresh } from '@/shared/api/keys';
import { count } from '@/shared/format';
import { Panel } from '@/shared/ui/Panel';
import { FactForm } from './edit/FactForm';
import { ProductForm } from './edit/ProductForm';
import { useSaved } from './edit/useEdit';
import { Facts } from './Facts';
import { said } from './said';
import { useText } from './texts';

type Product = Schemas['KnowledgeProductAnswer'];

interface Props {
  product: Product;
  program: Schemas['KnowledgeProgramAnswer'];
}

/** Which form is open: the product's, or a fact's (a new one without a name). */
type Editing = { what: 'product' } | { what: 'fact'; attribute?: string } | null;

/** A product with its facts, and the forms to change them. */
export function ProductPanel({ product, program }: Props) {
  const t = useText();
  const [editing, setEditing] = useState<Editing>(null);
  const close = () => setEditing(null);
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
        {product.facts.length === 0 ? (
          <Text size="sm">{t('fact.none')}</Text>
        ) : (
          <Facts product={product} onEdit={(attribute) => setEditing({ what: 'fact', attribute })} />
        )}
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setEditing({ what: 'fact' })}
          >
            {t('fact.add')}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPencil size={14} aria-hidden />}
            onClick={() => setEditing({ what: 'product' })}
          >
            {t('product.edit')}
          </Button>
          <DeleteProduct product={product} />
        </Group>
      </Stack>
      {editing?.what === 'product' && <ProductForm id={product.id} program={program} onClose={close} />}
      {editing?.what === 'fact' && (
        <FactForm productId={product.id} attribute={editing.attribute} program={program} onClose={close} />
      )}
    </Panel>
  );
}

function DeleteProduct({ product }: { product: Product }) {
  const t = useText();
  const client = useQueryClient();
  const saved = useSaved();
  const remove = api.useMutation('delete', '/api/knowledge/products/{id}', {
    onSuccess: async () => {
      // The list without it comes first: nobody asks for a product that is gone.
      await refresh(client, '/api/knowledge/products');
      client.removeQueries({
        predicate: (query) =>
          pathOf(query) === '/api/knowledge/products/{id}' && paramsOf(query).id === product.id,
      });
      await saved(t('product.deleted', { name: said(product.name) }), '');
    },
  });
  return (
    <Button
      size="xs"
      variant="subtle"
      color="red"
      loading={remove.isPending}
      leftSection={<IconTrash size={14} aria-hidden />}
      onClick={() => remove.mutate({ params: { path: { id: product.id } } })}
    >
      {t('product.delete')}
    </Button>
  );
}
