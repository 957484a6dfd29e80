import type { Schemas } from '../api/client';
import { phone } from '../format';
import { useText as useShared } from '../i18n';
import classes from './Facts.module.css';
import { useText } from './texts';

export type Contact = Schemas['Contact'];

/** What is known of a contact, without the empty lines. */
export function Facts({ contact }: { contact: Contact }) {
  const t = useText();
  const shared = useShared();
  const rows = [
    [t('fact.phone'), contact.phone && phone(contact.phone)],
    [t('fact.username'), contact.username && `@${contact.username}`],
    [t('fact.interests'), contact.interests],
    [t('fact.goal'), contact.goal],
    [t('fact.age'), contact.age?.toString()],
    [t('fact.source'), shared(`source.${contact.source}`)],
    [t('fact.status'), contact.status === 'active' ? null : shared(`contact_status.${contact.status}`)],
    ...Object.entries(contact.extra ?? {}).map(([key, value]) => [key, String(value)]),
  ].filter((row): row is [string, string] => Boolean(row[1]));
  return (
    <dl className={classes.facts}>
      {rows.map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
