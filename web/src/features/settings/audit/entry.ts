import type { Schemas } from '@/shared/api/client';
import ru from '../locales/ru.json';
import { text } from '../texts';

export type Entry = Schemas['AuditEntry'];

/** The actions that have words: the keys of the catalogue, `client.create` as `client_create`. */
type Did = keyof typeof ru.audit_did;

/** The key under which an action's words stand. */
export function wordsKey(action: string): string {
  return action.replaceAll('.', '_');
}

const isKnown = (key: string): key is Did => Object.hasOwn(ru.audit_did, key);

/** What was done, in words. An action of a newer server is shown by its name, which is better than nothing. */
export function did(action: string): string {
  const key = wordsKey(action);
  return isKnown(key)
    ? text(`audit_did.${key}`)
    : text('audit.other_action', { action: action.replace(/[._]/g, ' ') });
}

/** The random name of a running process, under which it notes what it did by itself. */
const PROCESS = /^[0-9a-f]{16}$/;

/** Who did it, in words: a person, a program with a key, or Alfa itself. */
export function actorWords(actor: string): string {
  const [, kind, name = ''] = /^(user|token):(.*)$/s.exec(actor) ?? [];
  if (kind === 'user') return name;
  if (kind === 'token') return text('audit_actor.token', { name });
  if (actor === 'local') return text('audit_actor.local');
  return actor === 'alfa' || PROCESS.test(actor) ? text('audit_actor.alfa') : actor;
}
