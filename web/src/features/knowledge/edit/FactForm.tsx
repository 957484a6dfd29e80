import { Code, NumberInput, Select, SimpleGrid, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api, http, type Schemas } from '@/shared/api/client';
import { Dialog } from '@/shared/ui/Dialog';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';
import { follow } from './display';
import { EditForm, useRefusal } from './EditForm';
import { BOUNDS, factOf, isName, UNITS, valuesOf } from './factValues';
import { LocalizedInputs } from './LocalizedInputs';
import { languagesOf } from './texts';
import { ifMatch, type Read, useRead, useSaved, versioned } from './useEdit';

interface Props {
  productId: number;
  /** The fact that is changed; a new one without. */
  attribute?: string;
  program: Schemas['KnowledgeProgramAnswer'];
  onClose: () => void;
}

/** One thing that may be told of a product: how much, in what words, and from when until when. */
export function FactForm(props: Props) {
  const t = useText();
  const id = props.productId;
  const read = useRead(`product ${id}`, async () =>
    versioned(await http.GET('/api/knowledge/products/{id}', { params: { path: { id } } })),
  );
  return (
    <Dialog
      opened
      onClose={props.onClose}
      title={props.attribute === undefined ? t('fact.add') : t('fact.edit')}
      size="xl"
    >
      <Loaded query={read} rows={4}>
        {(data) => <Form read={data} {...props} />}
      </Loaded>
    </Dialog>
  );
}

function Form({
  read,
  attribute,
  program,
  onClose,
}: Props & { read: Read<Schemas['KnowledgeProductAnswer']> }) {
  const t = useText();
  const languages = languagesOf(program);
  const fact = read.value.facts.find((one) => one.attribute === attribute);
  const taken = read.value.facts.map((one) => one.attribute);
  const form = useForm({
    initialValues: valuesOf(languages, fact),
    onValuesChange: (now, before) => {
      const amounts = [now.value, now.bound, now.unit];
      if (amounts.some((one, index) => one !== [before.value, before.bound, before.unit][index]))
        form.setFieldValue('display', follow(now.display, before, now));
    },
    validate: {
      attribute: (value) => {
        if (fact) return null;
        if (!isName(value)) return t('fact.name_wrong');
        return taken.includes(value) ? t('fact.name_taken') : null;
      },
      value: (value) => (value === '' ? t('fact.value_needed') : null),
    },
  });
  const refusal = useRefusal(form);
  const saved = useSaved();
  const put = api.useMutation('put', '/api/knowledge/products/{id}/facts/{attribute}', {
    meta: { quiet: true },
  });
  const submit = form.onSubmit((values) => {
    refusal.clear();
    put.mutate(
      {
        params: {
          path: { id: read.value.id, attribute: values.attribute },
          header: ifMatch(read.version),
        },
        body: factOf(values),
      },
      {
        onSuccess: () => {
          onClose();
          void saved(t('fact.saved'), read.version);
        },
        onError: (error: unknown) => refusal.show(error),
      },
    );
  });
  const inWords = form.values.unit === 'text';
  const slot = `{{fact.${form.values.attribute || '…'}}}`;
  return (
    <EditForm onSubmit={submit} onClose={onClose} busy={put.isPending} over={refusal.over}>
      {!fact && (
        <TextInput
          label={t('fact.name')}
          description={t('fact.name_about')}
          required
          {...form.getInputProps('attribute')}
        />
      )}
      <LocalizedInputs form={form} path="label" label={t('fact.label')} languages={languages} required />
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <Select
          label={t('fact.bound')}
          allowDeselect={false}
          data={BOUNDS.map((value) => ({ value, label: t(`bound.${value}`) }))}
          {...form.getInputProps('bound')}
        />
        {inWords ? (
          <TextInput label={t('fact.value')} required {...form.getInputProps('value')} />
        ) : (
          <NumberInput
            label={t('fact.value')}
            hideControls
            decimalSeparator=","
            allowedDecimalSeparators={[',', '.']}
            thousandSeparator=" "
            required
            {...form.getInputProps('value')}
          />
        )}
        <Select
          label={t('fact.unit')}
          allowDeselect={false}
          data={UNITS.map((value) => ({ value, label: t(`unit.${value}`) }))}
          {...form.getInputProps('unit')}
        />
      </SimpleGrid>
      <LocalizedInputs
        form={form}
        path="display"
        label={t('fact.display')}
        description={t('fact.display_about')}
        languages={languages}
        required
      />
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <TextInput type="date" label={t('fact.valid_from')} {...form.getInputProps('valid_from')} />
        <TextInput
          type="date"
          label={t('fact.valid_to')}
          min={form.values.valid_from || undefined}
          {...form.getInputProps('valid_to')}
        />
        <TextInput
          label={t('fact.source')}
          placeholder={t('fact.source_hint')}
          {...form.getInputProps('source')}
        />
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        {t('fact.valid_about')}
      </Text>
      <Switch
        label={t('fact.lead')}
        description={t('fact.lead_about')}
        {...form.getInputProps('lead', { type: 'checkbox' })}
      />
      <LocalizedInputs
        form={form}
        path="sentences"
        label={t('fact.sentences')}
        languages={languages}
        long
        required
      />
      <Text size="xs" c="dimmed">
        {t('fact.sentences_about')} <Code>{slot}</Code>
      </Text>
    </EditForm>
  );
}
