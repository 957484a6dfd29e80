import { Alert, Button, Group, Paper, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, http, idempotency, newKey, type Schemas } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { useText as useShared } from '@/shared/i18n';
import { keepText, keptText } from '@/shared/ui/keptText';
import { TextLink } from '@/shared/ui/links';
import { tellUndoable } from '@/shared/ui/notify';
import { useText } from '../texts';

type Row = Schemas['Page_OutboxMessage']['items'][number];

/** One draft: read, changed with the check's word below, let out or rejected. */
export function Draft({ draft, campaign }: { draft: Row; campaign: Schemas['Campaign'] }) {
  const t = useText();
  const shared = useShared();
  const article = useRef<HTMLDivElement>(null);
  const { text, write } = useEdited(draft.id);
  const [gone, setGone] = useState(false);
  const actions = useDraftActions(draft, campaign.id);
  const contact = api.useQuery('get', '/api/contacts/{id}', { params: { path: { id: draft.contact_id } } });
  const name = contact.data?.name || shared('state.unknown_name');
  const approve = () => {
    lookAtNext(article.current);
    actions.approve();
  };
  const stopEditing = () => {
    write(null);
    article.current?.focus();
  };
  const reject = () => {
    lookAtNext(article.current);
    setGone(true);
    tellUndoable({
      message: t('drafts.rejected', { name }),
      undo: () => setGone(false),
      later: actions.reject,
    });
  };
  if (gone) return null;
  return (
    <Paper component="article" withBorder p="md" aria-label={name} ref={article} tabIndex={-1}>
      <TextLink to="/inbox" search={{ contact: draft.contact_id }} fw={600} size="sm">
        {name}
      </TextLink>
      {text === null ? (
        <Text style={{ whiteSpace: 'pre-wrap' }} my="xs">
          {draft.text ?? t('drafts.being_written')}
        </Text>
      ) : (
        <>
          <Textarea
            aria-label={t('drafts.text', { name })}
            autosize
            minRows={3}
            my="xs"
            maxLength={4096}
            autoFocus
            value={text}
            onChange={(event) => write(event.currentTarget.value)}
          />
          <Check text={text} contactId={draft.contact_id} productId={campaign.product_id ?? null} />
        </>
      )}
      <Group gap="xs">
        {text === null ? (
          <>
            <Button size="xs" loading={actions.busy} disabled={!draft.text} onClick={approve}>
              {t('drafts.approve')}
            </Button>
            <Button
              size="xs"
              variant="default"
              disabled={!draft.text}
              onClick={() => write(draft.text ?? '')}
            >
              {t('drafts.edit')}
            </Button>
            <Button size="xs" variant="subtle" color="red" onClick={reject}>
              {t('drafts.reject')}
            </Button>
          </>
        ) : (
          <>
            <Button
              size="xs"
              loading={actions.busy}
              disabled={text.trim() === ''}
              onClick={() => actions.edit(text, stopEditing)}
            >
              {shared('action.save')}
            </Button>
            <Button size="xs" variant="default" onClick={stopEditing}>
              {shared('action.cancel')}
            </Button>
          </>
        )}
      </Group>
    </Paper>
  );
}

/** The text as it is being changed, kept in the browser until it is saved or given up; null while nobody changes it. */
function useEdited(draftId: number) {
  const kept = `draft.${draftId}`;
  const [text, setText] = useState<string | null>(() => keptText(kept));
  const write = (value: string | null) => {
    setText(value);
    keepText(kept, value);
  };
  return { text, write };
}

/** Whoever goes through drafts by keyboard is not sent back to the top of the page by each that leaves the list. */
function lookAtNext(article: HTMLElement | null) {
  const next = article?.nextElementSibling ?? article?.previousElementSibling;
  if (next instanceof HTMLElement) next.focus();
}

function useDraftActions(draft: Row, campaignId: number) {
  const client = useQueryClient();
  const onSettled = () => refresh(client, '/api/campaigns*');
  const approve = api.useMutation('post', '/api/campaigns/{id}/approve', { onSettled });
  const reject = api.useMutation('post', '/api/campaigns/{id}/reject', { onSettled });
  const edit = api.useMutation('patch', '/api/campaigns/{id}/drafts', { onSettled });
  const params = () => ({ path: { id: campaignId }, header: idempotency(newKey()) });
  return {
    approve: () => approve.mutate({ params: params(), body: { outbox_ids: [draft.id] } }),
    reject: () => reject.mutate({ params: params(), body: { outbox_ids: [draft.id] } }),
    edit: (text: string, done: () => void) =>
      edit.mutate(
        { params: { path: { id: campaignId } }, body: { outbox_id: draft.id, text } },
        { onSuccess: done },
      ),
    busy: approve.isPending || edit.isPending,
  };
}

const TYPING_MS = 500;

/** What the check says of a text while it is changed: figures, links and names that no fact bears out. */
function Check({
  text,
  contactId,
  productId,
}: {
  text: string;
  contactId: number;
  productId: number | null;
}) {
  const t = useText();
  const [asked] = useDebouncedValue(text, TYPING_MS);
  const check = useQuery({
    queryKey: ['post', '/api/ai/check', asked, contactId, productId],
    queryFn: async ({ signal }) => {
      const body = { text: asked, contact_id: contactId, product_id: productId };
      const { data } = await http.POST('/api/ai/check', { body, signal });
      return data as NonNullable<typeof data>;
    },
    enabled: asked.trim() !== '',
    placeholderData: keepPreviousData,
  });
  const violations = check.data?.violations ?? [];
  if (violations.length === 0) return null;
  return (
    <Alert color="orange" variant="light" mb="xs" title={t('drafts.check')}>
      {violations.map((one) => (
        <Text key={`${one.start} ${one.kind}`} size="sm">
          {one.message}
        </Text>
      ))}
    </Alert>
  );
}
