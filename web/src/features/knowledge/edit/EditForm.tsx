import { Alert, Button, Group, List, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEventHandler, type ReactNode, useState } from 'react';
import { type FieldProblem, Problem } from '@/shared/api/problem';
import { useText as useShared } from '@/shared/i18n';
import { words } from '@/shared/ui/notify';
import { useText } from '../texts';
import { inputsOf, spread } from './problems';

interface Fillable {
  getValues: () => object;
  setErrors: (errors: Record<string, string>) => void;
}

/** Shows a refusal at the inputs that it is about; `over` is what no input is about. */
export function useRefusal(form: Fillable) {
  const [over, setOver] = useState<string[]>([]);
  return {
    over,
    show: (error: unknown, named: (fields: FieldProblem[]) => FieldProblem[] = (fields) => fields) => {
      const fields = error instanceof Problem ? named(error.fields) : [];
      const found = spread(fields, inputsOf(form.getValues()));
      form.setErrors(found.errors);
      setOver(fields.length === 0 ? [words(error)] : found.over.map((one) => `${one.field}: ${one.message}`));
    },
    clear: () => setOver([]),
  };
}

interface Props {
  onSubmit: FormEventHandler<HTMLFormElement>;
  onClose: () => void;
  busy: boolean;
  /** What was refused and is not shown at an input. */
  over: string[];
  children: ReactNode;
}

/** A form of the knowledge base: its inputs, what was refused, and the two ways out. */
export function EditForm({ onSubmit, onClose, busy, over, children }: Props) {
  const t = useText();
  const shared = useShared();
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        {children}
        {over.length > 0 && (
          <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('edit.refused')}>
            <List size="sm">
              {over.map((one) => (
                <List.Item key={one}>{one}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shared('action.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {shared('action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
