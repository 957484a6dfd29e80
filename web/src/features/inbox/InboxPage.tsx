import { Box, Drawer, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconMessages } from '@tabler/icons-react';
import { useState } from 'react';
import { useText as useShared } from '@/shared/i18n';
import { Empty } from '@/shared/ui/states';
import { usePageTitle } from '@/shared/ui/usePageTitle';
import { usePhone } from '@/shared/ui/usePhone';
import { Chat } from './chat/Chat';
import classes from './inbox.module.css';
import { DialogList } from './list/DialogList';
import { ContactPanel } from './panel/ContactPanel';
import { useInbox } from './search';
import { useText } from './texts';

/** Dialogs, the chat with one of them, and who it is with. On a phone one of the three at a time. */
export function InboxPage() {
  const t = useText();
  const shared = useShared();
  usePageTitle(t('title'));
  const { contact } = useInbox();
  const phone = usePhone();
  const roomy = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false }) ?? true;
  const [asked, setAsked] = useState<boolean | null>(null);
  const open = contact !== undefined && (asked ?? roomy);
  const closePanel = () => setAsked(false);
  return (
    <Box className={classes.inbox} data-panel={(open && roomy) || undefined}>
      <VisuallyHidden component="h1">{t('title')}</VisuallyHidden>
      {(!phone || contact === undefined) && <DialogList />}
      {contact !== undefined && (
        <Chat key={contact} contactId={contact} panelOpen={open} onPanel={() => setAsked(!open)} />
      )}
      {!phone && contact === undefined && (
        <Box className={classes.chat}>
          <Empty icon={IconMessages} title={t('choose.title')}>
            {t('choose.about')}
          </Empty>
        </Box>
      )}
      {contact !== undefined && roomy && open && (
        <Box component="aside" aria-label={t('panel.title')} className={classes.panel}>
          <ContactPanel contactId={contact} />
        </Box>
      )}
      {contact !== undefined && !roomy && (
        <Drawer
          opened={open}
          onClose={closePanel}
          position="right"
          size={phone ? '100%' : 'sm'}
          title={t('panel.title')}
          closeButtonProps={{ 'aria-label': shared('action.close') }}
        >
          <ContactPanel contactId={contact} />
        </Drawer>
      )}
    </Box>
  );
}
