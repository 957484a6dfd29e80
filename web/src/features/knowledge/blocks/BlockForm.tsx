import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { Schemas } from '@/shared/api/client';
import { Dialog } from '@/shared/ui/Dialog';
import { Loaded } from '@/shared/ui/states';
import { EditForm, useRefusal } from '../edit/EditForm';
import { inside } from '../edit/problems';
import { languagesOf } from '../edit/texts';
import { type Read, useRead, useSaved } from '../edit/useEdit';
import { useText } from '../texts';
import { BlockConditions } from './BlockConditions';
import { BlockWords } from './BlockWords';
import { type Block, blockOf, freeId, type Purpose, valuesOf } from './blockValues';
import { listName, putBlocks, readBlocks } from './useBlocks';

interface Props {
  purpose: Purpose;
  /** The text that is changed; a new one without. */
  id?: string;
  program: Schemas['KnowledgeProgramAnswer'];
  onClose: () => void;
}

/** One approved text: its words in each language and both forms of address, and when it fits. */
export function BlockForm(props: Props) {
  const t = useText();
  const { purpose, id, onClose } = props;
  const read = useRead(`blocks ${JSON.stringify(purpose)}`, () => readBlocks(purpose));
  return (
    <Dialog opened onClose={onClose} title={id === undefined ? t('block.add') : t('block.edit')} size="xl">
      <Loaded query={read} rows={4}>
        {(data) => <Form read={data} {...props} />}
      </Loaded>
    </Dialog>
  );
}

function Form({ read, purpose, id, program, onClose }: Props & { read: Read<Block[]> }) {
  const t = useText();
  const languages = languagesOf(program);
  const blocks = read.value;
  const place = blocks.findIndex((one) => one.id === id);
  const index = place < 0 ? blocks.length : place;
  const form = useForm({ initialValues: valuesOf(languages, blocks[index]) });
  const refusal = useRefusal(form);
  const saved = useSaved();
  const put = useMutation({
    mutationFn: (block: Block) =>
      putBlocks(purpose, [...blocks.slice(0, index), block, ...blocks.slice(index + 1)], read.version),
    meta: { quiet: true },
    onSuccess: () => {
      onClose();
      void saved(t('block.saved'), read.version);
    },
    onError: (error) => refusal.show(error, (fields) => inside(fields, `${listName(purpose)}[${index}]`)),
  });
  const start = 'kind' in purpose ? purpose.kind : purpose.class;
  const submit = form.onSubmit((values) => {
    refusal.clear();
    put.mutate(blockOf(blocks[index]?.id ?? freeId(start, blocks), purpose, languages, values));
  });
  return (
    <EditForm onSubmit={submit} onClose={onClose} busy={put.isPending} over={refusal.over}>
      <BlockWords form={form} languages={languages} />
      <BlockConditions form={form} purpose={purpose} />
    </EditForm>
  );
}
