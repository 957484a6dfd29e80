import { Text } from '@mantine/core';
import { TextLink } from '@/shared/ui/links';
import { useText } from '../texts';
import type { Entry } from './entry';

/** What the entry is about, with the way to it where it has a page and is still there. */
export function Subject({ entry }: { entry: Entry }) {
  const t = useText();
  const [, noun = '', key = ''] = /^(\w+)(?::(.*))?$/s.exec(entry.subject) ?? [];
  const id = Number(key);
  const gone = entry.action.endsWith('.delete');
  const style = { size: 'sm' } as const;
  const numbered = Number.isSafeInteger(id) && id > 0;
  if (!gone && numbered) {
    if (noun === 'contact')
      return (
        <TextLink {...style} to="/contacts/$id" params={{ id }}>
          {t('audit_subject.contact', { id })}
        </TextLink>
      );
    if (noun === 'client')
      return (
        <TextLink {...style} to="/clients/$id" params={{ id }}>
          {t('audit_subject.client', { id })}
        </TextLink>
      );
    if (noun === 'session')
      return (
        <TextLink {...style} to="/schedule" search={{ session: id }}>
          {t('audit_subject.session', { id })}
        </TextLink>
      );
    if (noun === 'service' || noun === 'staff' || noun === 'place') {
      const part = ({ service: 'services', staff: 'staff', place: 'places' } as const)[noun];
      return (
        <TextLink {...style} to="/catalogue" search={{ part, all: true }}>
          {t(`audit_subject.${noun}`, { id })}
        </TextLink>
      );
    }
    if (noun === 'token')
      return (
        <TextLink {...style} to="/settings" search={{ part: 'tokens' }}>
          {t('audit_subject.token', { id })}
        </TextLink>
      );
    if (noun === 'knowledge_version')
      return (
        <TextLink {...style} to="/knowledge" search={{ part: 'versions' }}>
          {t('audit_subject.knowledge_version', { id })}
        </TextLink>
      );
  }
  if (noun === 'policy')
    return (
      <TextLink {...style} to="/settings" search={{ part: 'policy' }}>
        {t('audit_subject.policy')}
      </TextLink>
    );
  if (noun === 'direction') {
    const name = t('audit_subject.direction', { code: key });
    return gone ? (
      <Text {...style}>{name}</Text>
    ) : (
      <TextLink {...style} to="/catalogue" search={{ part: 'directions' }}>
        {name}
      </TextLink>
    );
  }
  return <Text {...style}>{numbered ? named(noun, id, t) : entry.subject}</Text>;
}

/** Things that have no page of their own, or that are gone. */
const NOUNS = [
  'contact',
  'client',
  'session',
  'booking',
  'payment',
  'subscription',
  'service',
  'staff',
  'place',
  'campaign',
  'message',
  'job',
  'token',
  'user',
  'knowledge_version',
] as const;

function named(noun: string, id: number, t: ReturnType<typeof useText>): string {
  const known = NOUNS.find((one) => one === noun);
  return known ? t(`audit_subject.${known}`, { id }) : t('audit_subject.other', { noun, id });
}
