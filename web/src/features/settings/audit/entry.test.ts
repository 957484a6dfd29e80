// Every action that the server notes has words, in the catalogue of both languages.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { switchLanguage } from '@/shared/i18n';
import ru from '../locales/ru.json';
import { AUDIT_KINDS } from '../search';
import { actorWords, did, wordsKey } from './entry';

const SERVER = resolve(__dirname, '../../../../../src');
const sources = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.rs'))
  .map((path) => ({ path, text: readFileSync(join(SERVER, path), 'utf8') }));

/** The keys of the server's own texts: `error.not_found`. */
const MESSAGES = new Set<string>();
let section = '';
for (const line of readFileSync(join(SERVER, '../locales/ru.yaml'), 'utf8').split('\n')) {
  section = /^(\w+):/.exec(line)?.[1] ?? section;
  const [, key] = /^ {2}(\w+):/.exec(line) ?? [];
  if (key) MESSAGES.add(`${section}.${key}`);
}

/** The third argument of each call that writes into the log: the action. */
function actionsOf(text: string): string[] {
  const calls = [...text.matchAll(/(?<!fn )\b(?:audit|audited)\(/g)].map(({ index, 0: call }) =>
    argumentsFrom(text, index + call.length),
  );
  return calls.map((given) => given[2] ?? '');
}

function argumentsFrom(text: string, start: number): string[] {
  const found = [''];
  let depth = 0;
  for (const letter of text.slice(start)) {
    if (letter === ')' && depth === 0) break;
    if ('([{'.includes(letter)) depth += 1;
    if (')]}'.includes(letter)) depth -= 1;
    if (letter === ',' && depth === 0) found.push('');
    else found[found.length - 1] += letter;
  }
  return found.map((one) => one.trim());
}

const LITERAL = /^"([\w.]+)"$/;

/** Where an action is not written out in the call, and how its values are read there. Another place must be added here. */
const COMPUTED: Record<string, (text: string) => string[]> = {
  // Hands on what its callers say.
  'crm/mod.rs': () => [],
  'crm/catalogue.rs': (text) => [
    ...literals(text),
    ...[...text.matchAll(/Noun::\w+ => \("(\w+)"/g)].map(([, noun]) => `${noun}.delete`),
  ],
  'crm/payments.rs': literals,
  'crm/subscriptions.rs': literals,
  'contacts/manual.rs': literals,
  'knowledge/service.rs': (text) => {
    const [words = ''] = /fn as_str[^}]+\}/.exec(text) ?? [];
    return [...words.matchAll(/=> "(\w+)"/g)].map(([, word]) => `knowledge.${word}`);
  },
};

/** Texts of the form `noun.verb` that are no key of the server's own texts. */
function literals(text: string): string[] {
  const found = [...text.matchAll(/"([a-z]+\.[a-z_]+)"/g)].map(([, one]) => one ?? '');
  return found.filter((one) => !MESSAGES.has(one));
}

function serverActions(): Set<string> {
  const written = sources.flatMap(({ text }) =>
    actionsOf(text).flatMap((one) => LITERAL.exec(one)?.[1] ?? []),
  );
  const computed = Object.entries(COMPUTED).flatMap(([path, read]) =>
    read(sources.find((one) => one.path === path)?.text ?? ''),
  );
  return new Set([...written, ...computed]);
}

beforeEach(() => switchLanguage('ru'));

it('knows every place of the server where an action is computed', () => {
  const places = sources.filter(({ text }) => actionsOf(text).some((one) => !LITERAL.test(one)));
  expect(places.map(({ path }) => path).sort()).toEqual(Object.keys(COMPUTED).sort());
});

it('has words for every action of the server, and for no other', () => {
  const wanted = [...serverActions()].map(wordsKey).sort();
  expect(wanted.length).toBeGreaterThan(40);
  expect(Object.keys(ru.audit_did).sort()).toEqual(wanted);
});

it('looks through the log by every kind of thing that is changed', () => {
  const kinds = [...serverActions()].map((action) => action.split('.')[0]);
  expect([...AUDIT_KINDS].sort()).toEqual([...new Set(kinds)].sort());
});

it('says what was done in both languages, and names what is newer than the pages', async () => {
  expect(did('booking.status')).toBe('Отметка о записи изменена');
  expect(did('shift.swap_all')).toBe('Другое: shift swap all');
  await switchLanguage('en');
  expect(did('booking.status')).toBe('Booking marked');
  expect(did('shift.swap_all')).toBe('Other: shift swap all');
});

it('says who did it', () => {
  expect(actorWords('user:admin')).toBe('admin');
  expect(actorWords('token:Сайт: анкета')).toBe('Ключ API «Сайт: анкета»');
  expect(actorWords('local')).toBe('Кто-то на этой машине');
  expect(actorWords('00f3a1b2c3d4e5f6')).toBe('Alfa сама');
  expect(actorWords('imap')).toBe('imap');
});
