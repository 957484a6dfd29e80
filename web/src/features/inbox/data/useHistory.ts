import { api, BY_CURSOR, type Schemas } from '@/shared/api/client';

export type Message = Schemas['Message'];

const PAGE_ROWS = 50;

/** The messages with a contact, oldest first; older ones are loaded page by page. */
export function useHistory(contactId: number) {
  const history = api.useInfiniteQuery(
    'get',
    '/api/messages/history',
    { params: { query: { contact_id: contactId, limit: PAGE_ROWS } } },
    {
      ...BY_CURSOR,
    },
  );
  const pages = history.data?.pages ?? [];
  const messages: Message[] = pages.toReversed().flatMap((page) => page.items);
  return { history, messages };
}
