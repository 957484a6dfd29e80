import { api } from '@/shared/api/client';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Loaded } from '@/shared/ui/states';
import { useText } from './texts';

/** The dialogs. */
export function InboxPage() {
  const t = useText();
  const dialogs = api.useQuery('get', '/api/dialogs');
  return (
    <Page>
      <PageHeader title={t('title')} />
      <Loaded query={dialogs}>
        {({ items }) => items.map((one) => <div key={one.contact_id}>{one.contact_name}</div>)}
      </Loaded>
    </Page>
  );
}
