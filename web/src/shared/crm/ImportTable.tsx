import { Alert, Button, FileInput, Group, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconFile } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { http, idempotency, newKey, type Schemas } from '../api/client';
import { count } from '../format';
import { useText as useShared } from '../i18n';
import { Dialog } from '../ui/Dialog';
import { tell, words } from '../ui/notify';
import { useCrmRefresh } from './business';
import { useText } from './texts';

/** A list of the CRM that files can be taken into. */
export type TableName =
  | 'clients'
  | 'payments'
  | 'services'
  | 'staff'
  | 'places'
  | 'subscriptions'
  | 'schedule/sessions'
  | 'schedule/bookings';

const ACCEPTED = '.csv,.xlsx';
const SHOWN_ERRORS = 50;

/** Takes a file in: every row is looked at first, and what would happen is shown. */
export default function ImportTable({ table, onClose }: { table: TableName; onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const onSettled = useCrmRefresh();
  const [file, setFile] = useState<File | null>(null);
  const look = useMutation({
    mutationFn: (chosen: File) => send(table, chosen, true),
    meta: { quiet: true },
  });
  const take = useMutation({
    mutationFn: (chosen: File) => send(table, chosen, false),
    meta: { quiet: true },
    onSettled,
    onSuccess: (report) => tell(t('file.done', { count: report.created, shown: count(report.created) })),
  });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    look.reset();
    take.reset();
    if (chosen) look.mutate(chosen);
  };
  const report = take.data ?? look.data;
  const error = take.error ?? look.error;
  return (
    <Dialog opened onClose={onClose} title={t('file.import')} size="lg">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('file.about')}
        </Text>
        <FileInput
          label={t('file.file')}
          placeholder={t('file.choose')}
          accept={ACCEPTED}
          clearable
          clearButtonProps={{ 'aria-label': shared('action.clear') }}
          leftSection={<IconFile size={16} aria-hidden />}
          value={file}
          onChange={choose}
          data-autofocus
        />
        {look.isPending && <Text size="sm">{shared('state.loading')}</Text>}
        {error && (
          <Alert
            color="red"
            role="alert"
            icon={<IconAlertTriangle aria-hidden />}
            title={shared('error.title')}
          >
            {words(error)}
          </Alert>
        )}
        {report && <Report report={report} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {take.data ? shared('action.close') : shared('action.cancel')}
          </Button>
          {file && look.data && !take.data && (
            <Button
              loading={take.isPending}
              disabled={look.data.created === 0}
              onClick={() => take.mutate(file)}
            >
              {t('file.take', { count: look.data.created, shown: count(look.data.created) })}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}

function Report({ report }: { report: Schemas['TableReport'] }) {
  const t = useText();
  const { total, created, unchanged, skipped } = report;
  return (
    <Stack gap="xs" role="status">
      <Text size="sm" fw={600}>
        {t(report.dry_run ? 'file.would' : 'file.did', {
          total: count(total),
          created: count(created),
          unchanged: count(unchanged),
          skipped: count(skipped),
        })}
      </Text>
      {report.ignored_columns.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('file.ignored', { columns: report.ignored_columns.join(', ') })}
        </Text>
      )}
      {report.errors.length > 0 && (
        <Table.ScrollContainer minWidth={420} mah={260}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('file.row')}</Table.Th>
                <Table.Th>{t('file.column')}</Table.Th>
                <Table.Th>{t('file.problem')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {report.errors.slice(0, SHOWN_ERRORS).map((one) => (
                <Table.Tr key={`${one.row} ${one.field}`}>
                  <Table.Td>{one.row}</Table.Td>
                  <Table.Td>{one.field}</Table.Td>
                  <Table.Td>{one.message}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}

async function send(table: TableName, file: File, dryRun: boolean): Promise<Schemas['TableReport']> {
  // All of these endpoints take and answer the same.
  const path = `/api/${table}/import` as '/api/clients/import';
  const { data } = await http.POST(path, {
    params: { header: idempotency(newKey()) },
    // The document describes the file as text; it is sent as the file that it is.
    body: { file: file.name },
    bodySerializer: () => {
      const form = new FormData();
      form.set('dry_run', String(dryRun));
      form.set('file', file);
      return form;
    },
  });
  return data as Schemas['TableReport'];
}
