import { Button, Group } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { api } from '@/shared/api/client';
import { tellUndoable } from '@/shared/ui/notify';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Loaded } from '@/shared/ui/states';
import classes from './assistant.module.css';
import { Ask } from './chat/Ask';
import { Messages } from './chat/Messages';
import { Suggestions } from './chat/Suggestions';
import { useTalk } from './data/useTalk';
import { useText } from './texts';

/** Questions about the business, answered from its data. */
export function AssistantPage() {
  const me = api.useQuery('get', '/api/auth/me');
  return (
    <Loaded query={me}>
      {(data) => {
        const person = data.user ? String(data.user.id) : (data.token ?? data.kind);
        return <TalkPage key={person} person={person} />;
      }}
    </Loaded>
  );
}

function TalkPage({ person }: { person: string }) {
  const t = useText();
  const talk = useTalk(person);
  const clear = () => tellUndoable({ message: t('cleared'), undo: talk.clear() });
  const empty = talk.turns.length === 0 && talk.writing === null;
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <PageHeader
          title={t('title')}
          about={t('about')}
          actions={
            !empty && (
              <Button
                variant="subtle"
                color="gray"
                size="xs"
                leftSection={<IconTrash size={15} aria-hidden />}
                disabled={talk.writing !== null}
                onClick={clear}
              >
                {t('clear')}
              </Button>
            )
          }
        />
      </div>
      <Messages talk={talk} empty={empty} />
      <div className={classes.foot}>
        <Suggestions talk={talk} empty={empty} />
        <Group gap={0}>
          <Ask talk={talk} />
        </Group>
      </div>
    </div>
  );
}
