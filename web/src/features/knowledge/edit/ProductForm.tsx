import { NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, http, idempotency, keyAfter, newKey, type Schemas } from '@/shared/api/client';
import { Dialog } from '@/shared/ui/Dialog';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';
import { AudienceFields } from './AudienceFields';
import { EditForm, useRefusal } from './EditForm';
import { LocalizedInputs } from './LocalizedInputs';
import { KINDS, type Product, productOf, valuesOf } from './productValues';
import { languagesOf, type TextLanguage } from './texts';
import { ifMatch, type Read, useRead, useSaved, versioned } from './useEdit';

interface Props {
  /** The product that is changed; a new one without. */
  id?: number;
  program: Schemas['KnowledgeProgramAnswer'];
  onClose: () => void;
}

/** What a product is, where it leads and whom it fits. Its facts have forms of their own. */
export function ProductForm({ id, program, onClose }: Props) {
  const t = useText();
  return (
    <Dialog
      opened
      onClose={onClose}
      title={id === undefined ? t('product.add') : t('product.edit')}
      size="xl"
    >
      {id === undefined ? (
        <Form read={null} languages={languagesOf(program)} onClose={onClose} />
      ) : (
        <Present id={id} languages={languagesOf(program)} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface FormProps {
  languages: TextLanguage[];
  onClose: () => void;
}

function Present({ id, ...props }: FormProps & { id: number }) {
  const read = useRead(`product ${id}`, async () =>
    versioned(await http.GET('/api/knowledge/products/{id}', { params: { path: { id } } })),
  );
  return (
    <Loaded query={read} rows={4}>
      {(data) => <Form read={data} {...props} />}
    </Loaded>
  );
}

function Form({ read, languages, onClose }: FormProps & { read: Read<Product> | null }) {
  const t = useText();
  const [key, setKey] = useState(newKey);
  const form = useForm({ initialValues: valuesOf(languages, read?.value) });
  const refusal = useRefusal(form);
  const saved = useSaved();
  const change = api.useMutation('put', '/api/knowledge/products/{id}', { meta: { quiet: true } });
  const add = api.useMutation('post', '/api/knowledge/products', { meta: { quiet: true } });
  const then = (message: string) => ({
    onSuccess: () => {
      onClose();
      void saved(message, read?.version ?? '');
    },
    onError: (error: unknown) => {
      setKey(keyAfter(key, error));
      refusal.show(error);
    },
  });
  const submit = form.onSubmit((values) => {
    refusal.clear();
    const body = productOf(values);
    if (read) {
      const { id, facts } = read.value;
      change.mutate(
        {
          params: { path: { id }, header: ifMatch(read.version) },
          body: { ...body, id, facts: facts.map(({ live, ...fact }) => fact) },
        },
        then(t('product.saved')),
      );
    } else {
      add.mutate(
        { params: { header: idempotency(key) }, body: { ...body, facts: [] } },
        then(t('product.added')),
      );
    }
  });
  return (
    <EditForm
      onSubmit={submit}
      onClose={onClose}
      busy={change.isPending || add.isPending}
      over={refusal.over}
    >
      <LocalizedInputs form={form} path="name" label={t('product.name')} languages={languages} required />
      <LocalizedInputs
        form={form}
        path="description"
        label={t('product.description')}
        languages={languages}
        long
        required
      />
      <TextInput
        label={t('product.link')}
        description={t('product.link_about')}
        type="url"
        required
        {...form.getInputProps('link')}
      />
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <Select
          label={t('product.kind')}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          {...form.getInputProps('kind')}
        />
        <NumberInput
          label={t('product.points_label')}
          min={0}
          allowDecimal={false}
          hideControls
          {...form.getInputProps('points')}
        />
        <NumberInput
          label={t('product.priority')}
          allowDecimal={false}
          hideControls
          {...form.getInputProps('priority')}
        />
      </SimpleGrid>
      <LocalizedInputs
        form={form}
        path="aliases"
        label={t('product.aliases')}
        description={t('product.aliases_about')}
        languages={languages}
        long
      />
      <AudienceFields form={form} />
    </EditForm>
  );
}
