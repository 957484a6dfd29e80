import { text as contact } from '@/shared/contact/texts';
import { clockTime } from '@/shared/crm/clock';
import { text as crm } from '@/shared/crm/texts';
import { count, money } from '@/shared/format';
import { text as shared } from '@/shared/i18n';
import { text } from '../texts';
import type { Entry } from './entry';

type Values = Record<string, unknown>;

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was changed, from what to what, a line each, in the words of the forms. */
export function detailLines({ action, detail }: Entry, currency: string): string[] {
  if (!detail) return [];
  const values = valuesOf(detail);
  if (action === 'policy.change' && values) return policyLines(values);
  if (action === 'contact.stage' && values) return stageLines(values);
  if (action === 'contacts.bulk' && values) return bulkLines(values);
  if (values) return anyLines(values);
  return [plainLine(action, detail, currency)];
}

function valuesOf(detail: string): Values | null {
  try {
    const read: unknown = JSON.parse(detail);
    return isValues(read) ? read : null;
  } catch {
    return null;
  }
}

const change = (what: string, from: string, to: string) => text('audit.change', { what, from, to });
const list = (value: unknown) => (Array.isArray(value) ? value.map(String).join(', ') : String(value ?? ''));

/** The rules as the server keeps them, by the words of their form; a length of time is kept in milliseconds. */
const RULES: Record<string, { label: () => string; words: (value: unknown) => string }> = {
  new_dialogs_per_day: { label: () => text('policy.daily_new_dialogs'), words: number },
  recently_contacted_hours: { label: () => text('policy.recently_contacted_hours'), words: number },
  pause_min_ms: { label: () => text('policy.pause_seconds_min'), words: seconds },
  pause_max_ms: { label: () => text('policy.pause_seconds_max'), words: seconds },
  settle_ms: { label: () => text('policy.settle_seconds'), words: seconds },
  max_unanswered: { label: () => text('policy.max_unanswered'), words: number },
  quiet_hours: { label: () => text('policy.quiet'), words: quiet },
  approval: { label: () => text('policy.approval'), words: approval },
};

function number(value: unknown): string {
  return typeof value === 'number' ? count(value) : String(value);
}

function seconds(ms: unknown): string {
  return typeof ms === 'number' ? count(ms / 1_000) : String(ms);
}

function approval(value: unknown): string {
  return value === 'manual' || value === 'auto' ? text(`policy.approval_${value}`) : String(value);
}

function quiet(value: unknown): string {
  const hours = isValues(value) ? value.hours : undefined;
  if (!isValues(hours)) return text('audit.no_quiet');
  return `${clockTime(Number(hours.from_minute))}–${clockTime(Number(hours.to_minute))}`;
}

function policyLines(values: Values): string[] {
  return Object.entries(values).map(([name, moved]) => {
    const rule = RULES[name];
    if (!rule || !isValues(moved)) return anyLine(name, moved);
    // Nothing was set over the environment before.
    const from = moved.from == null ? text('audit.as_env') : rule.words(moved.from);
    return change(rule.label(), from, rule.words(moved.to));
  });
}

/** A word of a catalogue of the product, or the value itself when it is newer than the words. */
function known(words: (key: never) => string, key: string, value: unknown): string {
  const said = words(key as never);
  return said === key || said === '' ? String(value) : said;
}

const stage = (value: unknown) => known(shared, `stage.${value}`, value);
const lost = (value: unknown) => known(contact, `lost.${value}`, value);

function stageLines({ from, to, reason }: Values): string[] {
  const moved = change(contact('panel.stage'), stage(from), stage(to));
  return reason
    ? [moved, text('audit.pair', { what: contact('panel.lost_reason'), is: lost(reason) })]
    : [moved];
}

function bulkLines({ action, contacts }: Values): string[] {
  const order = isValues(action) ? action : {};
  const people = text('audit.people', { count: Number(contacts), shown: count(Number(contacts)) });
  const what = {
    add_tags: () => text('audit_bulk.add_tags', { tags: list(order.tags) }),
    remove_tags: () => text('audit_bulk.remove_tags', { tags: list(order.tags) }),
    set_stage: () =>
      text('audit_bulk.set_stage', {
        stage: order.reason ? `${stage(order.stage)} (${lost(order.reason)})` : stage(order.stage),
      }),
    grant_consent: () => text('audit_bulk.grant_consent', { basis: basis(order.basis) }),
    opt_out: () => text('audit_bulk.opt_out'),
    delete: () => text('audit_bulk.delete'),
  }[String(order.action)];
  return what ? [what(), people] : [...anyLines(order), people];
}

const basis = (value: unknown) => known(shared, `consent.${value}`, value);

/** A detail that is one word or phrase, by the action that it is of. */
function plainLine(action: string, detail: string, currency: string): string {
  const [, noun, other] = /^(contact|client):(\d+)$/.exec(detail) ?? [];
  if (noun === 'contact') return text('audit.merged', { id: other });
  if (noun === 'client') return text('audit.joined', { id: other });
  if (action.startsWith('consent.')) return basis(detail);
  if (action === 'token.create') return known(text, `scope.${detail}`, detail);
  if (action === 'booking.status') return known(crm, `booking.${detail}`, detail);
  const [, minor, status] = /^(?:payment|refund) (\d+) (\w+)$/.exec(detail) ?? [];
  if (minor) return `${money(Number(minor), currency)} · ${known(crm, `payment.${status}`, status)}`;
  return detail;
}

function anyLines(values: Values): string[] {
  return Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => anyLine(name, value));
}

/** Something that has no words of its own yet, as readable as it gets. */
function anyLine(name: string, value: unknown): string {
  const what = name.replaceAll('_', ' ');
  if (isValues(value) && 'to' in value) return change(what, plain(value.from), plain(value.to));
  return text('audit.pair', { what, is: plain(value) });
}

function plain(value: unknown): string {
  if (value == null || value === '') return text('audit.empty');
  if (Array.isArray(value)) return value.map(plain).join(', ');
  return isValues(value)
    ? Object.entries(value)
        .map(([name, one]) => `${name.replaceAll('_', ' ')} ${plain(one)}`)
        .join(', ')
    : String(value);
}
