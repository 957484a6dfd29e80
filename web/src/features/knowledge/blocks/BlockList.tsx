import { ActionIcon, Badge, Box, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconMessagePlus, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '@/shared/api/client';
import { useProducts } from '@/shared/api/products';
import { language } from '@/shared/i18n';
import { Empty } from '@/shared/ui/states';
import { useSaved } from '../edit/useEdit';
import { useText } from '../texts';
import { BlockForm } from './BlockForm';
import type { Block, Purpose } from './blockValues';
import { putBlocks, readBlocks } from './useBlocks';
import { Words } from './Words';

interface Props {
  purpose: Purpose;
  blocks: Block[];
  program: Schemas['KnowledgeProgramAnswer'];
}

/** The approved texts of a purpose: each is changed by itself, removed and brought back. */
export function BlockList({ purpose, blocks, program }: Props) {
  const t = useText();
  const [editing, setEditing] = useState<{ id?: string } | null>(null);
  const add = (
    <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing({})}>
      {t('block.add')}
    </Button>
  );
  return (
    <>
      {blocks.length === 0 ? (
        <Empty icon={IconMessagePlus} title={t('block.none')} action={add}>
          {t('block.none_about')}
        </Empty>
      ) : (
        <Stack gap="xs" p={0} m={0} style={{ listStyle: 'none' }} renderRoot={(props) => <ul {...props} />}>
          {blocks.map((block) => (
            <Item
              key={block.id}
              purpose={purpose}
              block={block}
              onEdit={() => setEditing({ id: block.id })}
            />
          ))}
        </Stack>
      )}
      {blocks.length > 0 && <Group mt="sm">{add}</Group>}
      {editing && (
        <BlockForm purpose={purpose} id={editing.id} program={program} onClose={() => setEditing(null)} />
      )}
    </>
  );
}

function Item({ purpose, block, onEdit }: { purpose: Purpose; block: Block; onEdit: () => void }) {
  const t = useText();
  const saved = useSaved();
  const words = (block[language()] ?? block.ru ?? block.en)?.formal ?? block.id;
  const remove = useMutation({
    mutationFn: async () => {
      const { value, version } = await readBlocks(purpose);
      await putBlocks(
        purpose,
        value.filter((one) => one.id !== block.id),
        version,
      );
      return version;
    },
    onSuccess: (version) => void saved(t('block.deleted'), version),
  });
  return (
    <Paper withBorder p="sm" component="li">
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Box style={{ minWidth: 0 }}>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            <Words text={words} />
          </Text>
          <Conditions block={block} />
        </Box>
        <Group gap={4} wrap="nowrap">
          <ActionIcon aria-label={t('block.edit_named', { text: words })} onClick={onEdit}>
            <IconPencil size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            aria-label={t('block.delete_named', { text: words })}
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
    </Paper>
  );
}

/** A list of words is shown whole, in as many lines as it needs. */
const WHOLE = { root: { height: 'auto', maxWidth: '100%' }, label: { whiteSpace: 'normal' } } as const;

/** When the text fits, in words; nothing when it always does. */
function Conditions({ block }: { block: Block }) {
  const t = useText();
  const products = useProducts().data ?? [];
  const names = Array.isArray(block.products)
    ? block.products.map((id) => products.find((one) => one.id === id)?.name ?? String(id))
    : [];
  const said = [
    block.time && block.time !== 'neutral' && t(`day_part.${block.time}`),
    block.by && block.by !== 'any' && `${t(`lean.${block.by}`)}: ${(block.words ?? []).join(', ')}`,
    names.length > 0 && names.join(', '),
    block.requires_name && t('block.needs_name'),
    block.closes_dialog && t('block.ends'),
  ].filter((one): one is string => Boolean(one));
  if (said.length === 0) return null;
  return (
    <Group gap={4} mt={4}>
      {said.map((one) => (
        <Badge key={one} variant="default" tt="none" fw={400} radius="md" styles={WHOLE}>
          {one}
        </Badge>
      ))}
    </Group>
  );
}
