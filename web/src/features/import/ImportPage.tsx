import { Box } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import type { Chosen } from './data';
import { Run } from './run/Run';
import { useImport } from './search';
import { PastImports } from './start/PastImports';
import { Start } from './start/Start';
import { useText } from './texts';

/** Uploading contacts: a file is chosen, checked, taken in; what went wrong is shown; all can be taken back. */
export function ImportPage() {
  const t = useText();
  const { id, campaign } = useImport();
  // A file is in the browser only: it outlives the check, not a reload.
  const [chosen, setChosen] = useState<Chosen | null>(null);
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={t('about')}
        above={
          <Box mb={4}>
            <TextLink to={campaign ? '/campaigns' : '/contacts'} size="sm">
              <IconArrowLeft size={14} aria-hidden style={{ verticalAlign: -2 }} />{' '}
              {campaign ? t('to_campaigns') : t('to_contacts')}
            </TextLink>
          </Box>
        }
      />
      {id ? (
        <Run key={id} importId={id} chosen={chosen} />
      ) : (
        <>
          <Start chosen={chosen} onChoose={setChosen} />
          <PastImports />
        </>
      )}
    </Page>
  );
}
