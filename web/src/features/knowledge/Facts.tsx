import { ActionIcon, Badge, Group, Stack, Table, Text } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { api, type Schemas } from '@/shared/api/client';
import { day } from '@/shared/format';
import { usePhone } from '@/shared/ui/usePhone';
import { useSaved } from './edit/useEdit';
import { said } from './said';
import { useText } from './texts';

type Product = Schemas['KnowledgeProductAnswer'];
type Fact = Schemas['KnowledgeFactAnswer'];

interface Props {
  product: Product;
  onEdit: (attribute: string) => void;
}

/** The facts of a product: a table, on a phone one below the other. */
export function Facts(props: Props) {
  const t = useText();
  const phone = usePhone();
  if (phone) return <FactList {...props} />;
  return (
    <Table.ScrollContainer minWidth={620} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-label={t('fact.table', { product: said(props.product.name) })}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('fact.label')}</Table.Th>
            <Table.Th>{t('fact.value')}</Table.Th>
            <Table.Th>{t('fact.valid')}</Table.Th>
            <Table.Th>{t('fact.source')}</Table.Th>
            <Table.Th>{t('fact.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.product.facts.map((fact) => (
            <Table.Tr key={fact.attribute}>
              <Table.Td>{said(fact.label)}</Table.Td>
              <Table.Td>{said(fact.display)}</Table.Td>
              <Table.Td>
                <Validity fact={fact} />
              </Table.Td>
              <Table.Td>{fact.source}</Table.Td>
              <Table.Td>
                <Actions {...props} fact={fact} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function FactList(props: Props) {
  const t = useText();
  return (
    <Stack
      gap="sm"
      p={0}
      m={0}
      style={{ listStyle: 'none' }}
      renderRoot={(root) => (
        <ul {...root} aria-label={t('fact.table', { product: said(props.product.name) })} />
      )}
    >
      {props.product.facts.map((fact) => (
        <Group key={fact.attribute} component="li" justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            <Text size="sm">
              {said(fact.label)}
              {': '}
              <b>{said(fact.display)}</b>
            </Text>
            <Text size="xs" c="dimmed" component="div">
              <Validity fact={fact} />
              {fact.source}
            </Text>
          </div>
          <Actions {...props} fact={fact} />
        </Group>
      ))}
    </Stack>
  );
}

function Actions({ product, fact, onEdit }: Props & { fact: Fact }) {
  const t = useText();
  const saved = useSaved();
  const remove = api.useMutation('delete', '/api/knowledge/products/{id}/facts/{attribute}', {
    onSuccess: () => void saved(t('fact.deleted'), ''),
  });
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon
        aria-label={t('fact.edit_named', { name: said(fact.label) })}
        onClick={() => onEdit(fact.attribute)}
      >
        <IconPencil size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        aria-label={t('fact.delete_named', { name: said(fact.label) })}
        loading={remove.isPending}
        onClick={() => remove.mutate({ params: { path: { id: product.id, attribute: fact.attribute } } })}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
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
