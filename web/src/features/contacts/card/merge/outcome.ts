import type { Contact } from '@/shared/contact/Facts';

/** What two records of one person are compared by. */
export const COMPARED = [
  'name',
  'phone',
  'username',
  'profession',
  'interests',
  'goal',
  'age',
  'language',
  'notes',
] as const;
export type Compared = (typeof COMPARED)[number];

/** One line of the comparison: both values, and which stays. */
export interface Line {
  field: Compared;
  kept: string;
  other: string;
  /** Which value the contact has afterwards: the kept one unless it is empty. */
  stays: 'kept' | 'other';
}

/** What the kept contact will know: its own fields, the empty ones filled from the other. Lines that say nothing are left out. */
export function outcome(kept: Contact, other: Contact): Line[] {
  const text = (contact: Contact, field: Compared) => String(contact[field] ?? '');
  return COMPARED.map((field): Line => {
    const [mine, theirs] = [text(kept, field), text(other, field)];
    return { field, kept: mine, other: theirs, stays: mine === '' && theirs !== '' ? 'other' : 'kept' };
  }).filter((line) => line.kept !== '' || line.other !== '');
}

/** Whether the kept one may be written to afterwards: who said stop in either record stays unwritten to. */
export function consentAfter(kept: Contact, other: Contact): Contact['consent'] | 'opted_out' {
  if (kept.opted_out_at || other.opted_out_at) return 'opted_out';
  return kept.consent === 'none' ? other.consent : kept.consent;
}
