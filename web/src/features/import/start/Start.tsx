import { Alert, Button, Group, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconAlertTriangle, IconFile, IconUpload, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useUploadConsent } from '@/shared/contact/useUploadConsent';
import { language, useText as useShared } from '@/shared/i18n';
import { words } from '@/shared/ui/notify';
import { Panel } from '@/shared/ui/Panel';
import { type Chosen, useUpload } from '../data';
import { useImport } from '../search';
import { useText } from '../texts';
import { doubled } from './columns';
import { Matching } from './Matching';
import { usePreview } from './usePreview';
import '@mantine/dropzone/styles.layer.css';

const CONSENTS = ['operator_attested', 'existing_client', 'opt_in_form', 'none'] as const;
const COUNTRIES = [
  'RU',
  'BY',
  'KZ',
  'UA',
  'UZ',
  'KG',
  'AM',
  'AZ',
  'GE',
  'MD',
  'TJ',
  'TM',
  'TR',
  'DE',
  'US',
  'GB',
];

interface Props {
  chosen: Chosen | null;
  onChoose: (chosen: Chosen | null) => void;
}

/** The first step: which file, and how it is to be read. */
export function Start({ chosen, onChoose }: Props) {
  const t = useText();
  const consent = useUploadConsent();
  return (
    <Panel title={t('start.title')} mb="md">
      <Stack gap="md">
        {chosen ? (
          <>
            <TheFile file={chosen.file} onRemove={() => onChoose(null)} />
            <Prepare chosen={chosen} onChange={onChoose} />
          </>
        ) : (
          <DropHere onFile={(file) => onChoose({ consent, country: 'RU', file, sheet: '', columns: {} })} />
        )}
      </Stack>
    </Panel>
  );
}

/** What is in the file, how it is to be taken, and the check. */
function Prepare({ chosen, onChange }: { chosen: Chosen; onChange: (chosen: Chosen) => void }) {
  const t = useText();
  const { look } = useImport();
  const upload = useUpload();
  const preview = usePreview(chosen);
  const clear = preview.data && doubled(preview.data.columns, chosen.columns).size === 0;
  return (
    <>
      <Matching chosen={chosen} onChange={onChange} />
      <Options chosen={chosen} onChange={onChange} />
      {upload.error && (
        <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('start.refused')}>
          {words(upload.error)}
        </Alert>
      )}
      <Group>
        <Button loading={upload.busy} disabled={!clear} onClick={() => upload.send(chosen, true, look)}>
          {t('start.check')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('start.check_about')}
        </Text>
      </Group>
    </>
  );
}

/** Where a file is dropped; the button inside is for those who press, by mouse, finger or key. */
function DropHere({ onFile }: { onFile: (file: File) => void }) {
  const t = useText();
  const choose = useRef<() => void>(null);
  return (
    <Dropzone
      onDrop={([file]) => file && onFile(file)}
      openRef={choose}
      multiple={false}
      activateOnClick={false}
      activateOnKeyboard={false}
      enablePointerEvents
      p="xl"
      // The button inside is it, for whoever does not see.
      inputProps={{ 'aria-hidden': true }}
    >
      <Stack align="center" gap="xs">
        <IconUpload size={36} stroke={1.5} aria-hidden />
        <Text fw={600} ta="center" visibleFrom="sm">
          {t('start.drop')}
        </Text>
        <Button onClick={() => choose.current?.()} data-autofocus>
          {t('start.choose')}
        </Button>
        <Text size="sm" c="dimmed" ta="center">
          {t('start.formats')}
        </Text>
      </Stack>
    </Dropzone>
  );
}

function TheFile({ file, onRemove }: { file: File; onRemove: () => void }) {
  const t = useText();
  const itself = useRef<HTMLDivElement>(null);
  // It stands where the button was that chose it.
  useEffect(() => itself.current?.focus(), []);
  return (
    <Group ref={itself} tabIndex={-1} gap="sm" wrap="nowrap">
      <IconFile size={28} stroke={1.5} aria-hidden style={{ flex: 'none' }} />
      <div style={{ minWidth: 0 }}>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {file.name}
        </Text>
        <Text size="sm" c="dimmed">
          {size(file.size)}
        </Text>
      </div>
      <Button variant="subtle" color="gray" leftSection={<IconX size={16} aria-hidden />} onClick={onRemove}>
        {t('start.other_file')}
      </Button>
    </Group>
  );
}

function size(bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(language(), { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}

function Options({ chosen, onChange }: { chosen: Chosen; onChange: (chosen: Chosen) => void }) {
  const t = useText();
  const shared = useShared();
  const countries = new Intl.DisplayNames([language()], { type: 'region' });
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <Select
        label={t('option.consent')}
        description={chosen.consent === 'none' ? t('option.consent_none') : t('option.consent_about')}
        allowDeselect={false}
        data={CONSENTS.map((value) => ({ value, label: shared(`consent.${value}`) }))}
        value={chosen.consent}
        onChange={(value) => value && onChange({ ...chosen, consent: value as Chosen['consent'] })}
      />
      <Select
        label={t('option.country')}
        description={t('option.country_about')}
        allowDeselect={false}
        searchable
        data={COUNTRIES.map((value) => ({ value, label: countries.of(value) ?? value }))}
        value={chosen.country}
        onChange={(country) => country && onChange({ ...chosen, country })}
      />
    </SimpleGrid>
  );
}
