import { List, Paper, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { encode } from 'uqr';
import { http, idempotency, newKey } from '@/shared/api/client';
import { words } from '@/shared/ui/notify';
import { useText } from '../texts';
import type { Account } from './Accounts';
import { useAccountSettled } from './useAccountAction';

/** The code changes about twice a minute, and the server learns of the login when it is asked. */
const ASK_MS = 3_000;
const SIZE_PX = 220;
const QUIET_ZONE = 2;

/** Login by scanning: a code to show to the phone, asked for anew until it was scanned. */
export default function QrStep({ account }: { account: Account }) {
  const t = useText();
  const { url, problem } = useQr(account.id);
  return (
    <Stack gap="xs">
      <List type="ordered" size="sm">
        <List.Item>{t('qr.open')}</List.Item>
        <List.Item>{t('qr.devices')}</List.Item>
        <List.Item>{t('qr.scan')}</List.Item>
      </List>
      {problem && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {problem}
        </Text>
      )}
      {url && <Qr text={url} label={t('qr.label')} />}
    </Stack>
  );
}

function useQr(accountId: number) {
  const [answer, setAnswer] = useState<{ url: string | null; problem: string | null }>({
    url: null,
    problem: null,
  });
  const settled = useRef<() => void>(() => {});
  const refreshAccounts = useAccountSettled();
  useEffect(() => {
    settled.current = () => void refreshAccounts();
  });
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      try {
        const { data } = await http.POST('/api/accounts/{id}/qr', {
          params: { path: { id: accountId }, header: idempotency(newKey()) },
        });
        if (over) return;
        if (data?.status !== 'waiting') return settled.current();
        setAnswer({ url: data.url ?? null, problem: null });
      } catch (error) {
        if (over) return;
        setAnswer({ url: null, problem: words(error) });
      }
      timer = setTimeout(() => void ask(), ASK_MS);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [accountId]);
  return answer;
}

/** A QR code as one path, always dark on white: cameras want it so in the dark theme too. */
function Qr({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: QUIET_ZONE });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <Paper bg="white" p={4} w={SIZE_PX} h={SIZE_PX}>
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
        <path d={path} fill="black" />
      </svg>
    </Paper>
  );
}
