import { NumberInput, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api, http, type Schemas } from '@/shared/api/client';
import { Dialog } from '@/shared/ui/Dialog';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';
import { EditForm, useRefusal } from './EditForm';
import { LocalizedInputs } from './LocalizedInputs';
import { Rows } from './Rows';
import { languagesOf, textsFor } from './texts';
import { ifMatch, type Read, useRead, useSaved, versioned } from './useEdit';

type Program = Schemas['KnowledgeProgramAnswer'];

/** The programme: what it is called, who writes, its levels and benefits, and whether its facts are true. */
export function ProgramForm({ onClose }: { onClose: () => void }) {
  const t = useText();
  const read = useRead('program', async () => versioned(await http.GET('/api/knowledge/program')));
  return (
    <Dialog opened onClose={onClose} title={t('program.edit')} size="xl">
      <Loaded query={read} rows={4}>
        {(data) => <Form read={data} onClose={onClose} />}
      </Loaded>
    </Dialog>
  );
}

function valuesOf(program: Program) {
  const languages = languagesOf(program);
  return {
    name: textsFor(languages, program.name),
    bank: textsFor(languages, program.bank),
    persona: textsFor(languages, program.persona),
    description: textsFor(languages, program.description),
    levels: program.levels.map((level) => ({
      id: level.id,
      min_points: level.min_points as number | string,
      max_points: (level.max_points ?? '') as number | string,
      bonus: level.bonus as number | string,
    })),
    benefits: program.benefits.map((one) => ({ id: one.id, text: textsFor(languages, one.text) })),
    sample: program.sample,
  };
}

function Form({ read, onClose }: { read: Read<Program>; onClose: () => void }) {
  const t = useText();
  const languages = languagesOf(read.value);
  const form = useForm({ initialValues: valuesOf(read.value) });
  const refusal = useRefusal(form);
  const saved = useSaved();
  const put = api.useMutation('put', '/api/knowledge/program', { meta: { quiet: true } });
  const submit = form.onSubmit((values) => {
    refusal.clear();
    const levels = values.levels.map((level) => ({
      id: level.id.trim(),
      min_points: Number(level.min_points),
      max_points: level.max_points === '' ? null : Number(level.max_points),
      bonus: Number(level.bonus),
    }));
    put.mutate(
      { params: { header: ifMatch(read.version) }, body: { ...values, levels } },
      {
        onSuccess: () => {
          onClose();
          void saved(t('program.saved'), read.version);
        },
        onError: (error: unknown) => refusal.show(error),
      },
    );
  });
  const number = (path: string, label: string) => (
    <NumberInput label={label} min={0} allowDecimal={false} hideControls {...form.getInputProps(path)} />
  );
  const { levels, benefits } = form.values;
  return (
    <EditForm onSubmit={submit} onClose={onClose} busy={put.isPending} over={refusal.over}>
      <Switch
        label={t('program.sample')}
        description={t('program.sample_about')}
        {...form.getInputProps('sample', { type: 'checkbox' })}
      />
      <LocalizedInputs form={form} path="name" label={t('program.name')} languages={languages} required />
      <LocalizedInputs form={form} path="bank" label={t('program.bank')} languages={languages} required />
      <LocalizedInputs
        form={form}
        path="persona"
        label={t('program.who')}
        description={t('program.who_about')}
        languages={languages}
        required
      />
      <LocalizedInputs
        form={form}
        path="description"
        label={t('program.description')}
        languages={languages}
        long
        required
      />
      <Rows
        legend={t('program.levels')}
        rows={levels}
        add={t('program.add_level')}
        onAdd={() =>
          form.insertListItem('levels', {
            id: `A${levels.length + 1}`,
            min_points: Number(levels.at(-1)?.max_points ?? -1) + 1,
            max_points: '',
            bonus: 0,
          })
        }
        onRemove={(index) => form.removeListItem('levels', index)}
        row={(index) => (
          <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="xs">
            <TextInput label={t('program.level_name')} {...form.getInputProps(`levels.${index}.id`)} />
            {number(`levels.${index}.min_points`, t('program.from'))}
            {number(`levels.${index}.max_points`, t('program.to'))}
            {number(`levels.${index}.bonus`, t('program.bonus'))}
          </SimpleGrid>
        )}
      />
      <Rows
        legend={t('program.benefits')}
        rows={benefits}
        add={t('program.add_benefit')}
        onAdd={() =>
          form.insertListItem('benefits', {
            id: freeName(benefits.map((one) => one.id)),
            text: textsFor(languages),
          })
        }
        onRemove={(index) => form.removeListItem('benefits', index)}
        row={(index) => (
          <Stack gap="xs">
            <LocalizedInputs
              form={form}
              path={`benefits.${index}.text`}
              label={t('program.benefit', { number: index + 1 })}
              languages={languages}
              long
            />
          </Stack>
        )}
      />
    </EditForm>
  );
}

/** A name that no benefit has yet. */
function freeName(taken: string[]): string {
  for (let number = taken.length + 1; ; number += 1) {
    const name = `benefit_${number}`;
    if (!taken.includes(name)) return name;
  }
}
