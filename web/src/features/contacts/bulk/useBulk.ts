import { useLocalStorage } from '@mantine/hooks';
import { useState } from 'react';
import * as v from 'valibot';
import { api, idempotency, newKey, type Schemas } from '@/shared/api/client';
import { useOnce } from '@/shared/ui/useOnce';

/** Who is changed: those that were chosen one by one, or all that a filter finds. */
export type Who = Pick<Schemas['BulkInput'], 'contact_ids' | 'filter'>;
/** What is done to each of them. */
export type Change = Omit<Schemas['BulkInput'], 'contact_ids' | 'filter'>;

/** A change that the server is making or made last, until the person has seen what came of it. */
const begun = v.object({ jobId: v.number(), action: v.string(), what: v.string() });
export type Begun = v.InferOutput<typeof begun>;

const KEY = 'alfa.contacts.bulk';

function read(value: string | undefined): Begun | null {
  try {
    const parsed = v.safeParse(begun, JSON.parse(value ?? 'null'));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** The last change of many contacts; kept in the browser, as it runs on the server while the page is away. */
export function useBegun() {
  const [kept, keep] = useLocalStorage<Begun | null>({
    key: KEY,
    defaultValue: null,
    deserialize: read,
    getInitialValueInEffect: false,
  });
  return { begun: kept, keep };
}

/** Begins a change of many contacts. However often a button is pressed, one change is made. */
export function useBulk(who: Who, done: () => void) {
  const [key] = useState(newKey);
  const { keep } = useBegun();
  const once = useOnce();
  const bulk = api.useMutation('post', '/api/contacts/bulk', { meta: { quiet: true } });
  return {
    busy: bulk.isPending,
    error: bulk.error,
    /** `what` names the change for the person: the tags or the stage. */
    run: (change: Change, what = '') => {
      if (!once.begin()) return;
      bulk.mutate(
        { params: { header: idempotency(`${key}-${bodyKey(change)}`) }, body: { ...who, ...change } },
        {
          onSuccess: (job) => {
            keep({ jobId: job.id, action: change.action, what });
            done();
          },
          onSettled: once.end,
        },
      );
    },
  };
}

/** Another change in the same window is another intent. */
function bodyKey(change: Change): string {
  let hash = 0;
  for (const char of JSON.stringify(change)) hash = (hash * 31 + char.charCodeAt(0)) | 0;
  return (hash >>> 0).toString(16);
}
