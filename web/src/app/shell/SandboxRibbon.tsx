import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { api } from '@/shared/api/client';
import { usePhone } from '@/shared/ui/usePhone';
import { useText } from '../texts';
import classes from './SandboxRibbon.module.css';

const GoingLive = lazy(() => import('./GoingLive'));

/** Says that this is the sandbox, and how to leave it. */
export function SandboxRibbon() {
  const t = useText();
  const phone = usePhone();
  const [open, { open: show, close }] = useDisclosure(false);
  const about = api.useQuery('get', '/api/system');
  if (about.data?.mode !== 'sandbox') return null;
  return (
    <Group className={classes.ribbon} justify="center" gap={phone ? 4 : 'sm'} wrap="nowrap" px="sm" py={4}>
      <Text size="xs" fw={500}>
        {phone ? t('sandbox.short') : t('sandbox.ribbon')}
      </Text>
      <Button
        className={classes.button}
        size="compact-xs"
        variant="transparent"
        onClick={show}
        style={{ flex: 'none' }}
      >
        {phone ? t('sandbox.connect_short') : t('sandbox.connect')}
      </Button>
      <Suspense fallback={null}>{open && <GoingLive onClose={close} />}</Suspense>
    </Group>
  );
}
