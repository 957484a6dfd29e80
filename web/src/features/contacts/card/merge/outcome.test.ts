import { expect, it } from 'vitest';
import type { Contact } from '@/shared/contact/Facts';
import { consentAfter, outcome } from './outcome';

const contact = (more: Partial<Contact>): Contact => ({
  id: 1,
  name: 'Анна',
  tags: [],
  source: 'upload',
  status: 'active',
  consent: 'operator_attested',
  stage: 'new',
  extra: {},
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  ...more,
});

it('keeps what is there and fills what is empty', () => {
  const lines = outcome(contact({ phone: '+7999', age: null }), contact({ phone: '+7888', age: 30 }));
  expect(lines.map(({ field, stays }) => [field, stays])).toEqual([
    ['name', 'kept'],
    ['phone', 'kept'],
    ['age', 'other'],
  ]);
});

it('never widens a consent that was taken back', () => {
  const stopped = contact({ opted_out_at: '2026-01-02T00:00:00Z' });
  expect(consentAfter(contact({}), stopped)).toBe('opted_out');
  expect(consentAfter(stopped, contact({}))).toBe('opted_out');
  expect(consentAfter(contact({ consent: 'none' }), contact({ consent: 'existing_client' }))).toBe(
    'existing_client',
  );
});
