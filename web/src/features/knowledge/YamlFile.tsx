import { Alert, Button, FileButton, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, idempotency, newKey, type Schemas } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import { tell, words } from '@/shared/ui/notify';
import { Panel } from '@/shared/ui/Panel';
import { Changes } from './Changes';
import { useText } from './texts';

/** The knowledge base as a file: taken out, changed in an editor, checked and brought back. */
export function YamlFile() {
  const t = useText();
  return (
    <Stack gap="md">
      <Panel title={t('file.export_title')}>
        <Text size="sm" mb="sm">
          {t('file.export_about')}
        </Text>
        <Button
          component="a"
          href="/api/knowledge/export"
          download="knowledge.yaml"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('file.export')}
        </Button>
      </Panel>
      <Import />
    </Stack>
  );
}

function useImport() {
  const send = api.useMutation('post', '/api/knowledge/import', { meta: { quiet: true } });
  return {
    ...send,
    send: (file: File, dryRun: boolean, done: (answer: Schemas['KnowledgeImported']) => void) =>
      send.mutate(
        {
          params: { query: { dry_run: dryRun }, header: idempotency(newKey()) },
          body: { file: file.name },
          bodySerializer: () => {
            const form = new FormData();
            form.set('file', file);
            return form;
          },
        },
        { onSuccess: done },
      ),
  };
}

function Import() {
  const t = useText();
  const client = useQueryClient();
  const [checked, setChecked] = useState<{ file: File; answer: Schemas['KnowledgeImported'] } | null>(null);
  const { send, error, isPending } = useImport();
  const check = (file: File | null) => {
    setChecked(null);
    if (file) send(file, true, (answer) => setChecked({ file, answer }));
  };
  const apply = (file: File) =>
    send(file, false, () => {
      setChecked(null);
      tell(t('file.done'));
      void refresh(client, '/api/knowledge*');
    });
  return (
    <Panel title={t('file.import_title')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('file.import_about')}</Text>
        <FileButton onChange={check} accept=".yaml,.yml">
          {(props) => (
            <Button
              {...props}
              variant="default"
              loading={isPending}
              leftSection={<IconUpload size={16} aria-hidden />}
            >
              {t('file.choose')}
            </Button>
          )}
        </FileButton>
        {error && <Refused error={error} />}
        {checked && (
          <>
            <Text size="sm" fw={600}>
              {t('file.checked', { name: checked.file.name })}
            </Text>
            <Changes {...checked.answer} />
            {checked.answer.changes_total > 0 && (
              <Group>
                <Button loading={isPending} onClick={() => apply(checked.file)}>
                  {t('file.apply')}
                </Button>
              </Group>
            )}
          </>
        )}
      </Stack>
    </Panel>
  );
}

/** Every problem with its line, so that it is found in the editor. */
function Refused({ error }: { error: unknown }) {
  const t = useText();
  const fields = error instanceof Problem ? error.fields : [];
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('file.refused')}>
      {fields.length === 0 ? (
        words(error)
      ) : (
        <List size="sm">
          {fields.map((one) => (
            <List.Item key={`${one.field} ${one.line} ${one.message}`}>
              {one.line
                ? t('file.at_line', { line: one.line, field: one.field, message: one.message })
                : t('file.at_field', { field: one.field, message: one.message })}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
