import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { Schemas } from '@/shared/api/client';
import { count } from '@/shared/format';
import { ButtonLink } from '@/shared/ui/links';
import { words } from '@/shared/ui/notify';
import { type Chosen, useUpload } from '../data';
import { useImport } from '../search';
import { useText } from '../texts';
import { Undo } from './Undo';

type Import = Schemas['Import'];

/** What one does next: take in what was checked, or look at the people and write to them. */
export function NextSteps({ found, chosen }: { found: Import; chosen: Chosen | null }) {
  return found.dry_run ? <TakeIn found={found} chosen={chosen} /> : <Done found={found} />;
}

function TakeIn({ found, chosen }: { found: Import; chosen: Chosen | null }) {
  const t = useText();
  const { look } = useImport();
  const upload = useUpload();
  const good = found.created + found.updated;
  // After a reload the browser has the file no more.
  const file = chosen?.file.name === found.file_name ? chosen : null;
  return (
    <>
      <Text size="sm">{good > 0 ? t('next.nothing_yet') : t('next.nothing_to_do')}</Text>
      {upload.error && (
        <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('start.refused')}>
          {words(upload.error)}
        </Alert>
      )}
      <Group gap="xs">
        {good > 0 && file && (
          <Button loading={upload.busy} onClick={() => upload.send(file, false, look)}>
            {t('next.take_in', { count: good, shown: count(good) })}
          </Button>
        )}
        <Button variant="default" onClick={() => look(null)}>
          {good > 0 && file ? t('next.change') : t('next.choose_again')}
        </Button>
      </Group>
    </>
  );
}

function Done({ found }: { found: Import }) {
  const t = useText();
  const { campaign } = useImport();
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        <IconCheck size={18} aria-hidden color="var(--mantine-color-teal-8)" />
        <Text size="sm">{t('next.done')}</Text>
      </Group>
      <Group gap="xs">
        <ButtonLink to="/campaigns">{campaign ? t('next.back_to_campaign') : t('next.campaign')}</ButtonLink>
        <ButtonLink to="/contacts" variant="default">
          {t('next.contacts')}
        </ButtonLink>
        <Undo found={found} />
      </Group>
    </>
  );
}
