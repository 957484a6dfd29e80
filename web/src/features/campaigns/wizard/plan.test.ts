import { expect, it } from 'vitest';
import { EMPTY_PLAN, filled, likeCampaign, missing, people, toInput } from './plan';

const plan = { ...EMPTY_PLAN, name: ' Осень ', productId: 3 };

it('sends only what was filled in', () => {
  expect(toInput({ ...plan, segment: { tag: 'vip', search: '', group_id: null } })).toEqual({
    name: 'Осень',
    product_id: 3,
    segment: { tag: 'vip' },
    approval: 'manual',
    batch_size: 10,
  });
  expect(toInput({ ...plan, delaySeconds: 4 }).delay_between_messages).toBe(4);
  expect(filled({ consent: undefined })).toEqual({});
});

it('sends own texts without blanks around them', () => {
  expect(toInput({ ...plan, templates: [' a ', 'b'] }).message_template).toEqual(['a', 'b']);
});

it('names people who were picked instead of a filter', () => {
  expect(people({ ...plan, segment: { tag: 'vip' }, contactIds: [3, 5] })).toEqual({ contact_ids: [3, 5] });
  expect(people({ ...plan, segment: { tag: 'vip' } })).toEqual({ segment: { tag: 'vip' } });
});

it('names the step that needs something', () => {
  expect(missing(EMPTY_PLAN)).toBe('product');
  expect(missing({ ...plan, productId: null })).toBe('product');
  expect(missing({ ...plan, templates: ['a', ' '] })).toBe('message');
  expect(missing(plan)).toBeNull();
});

it('copies how a campaign was made, not whom it reached', () => {
  const campaign = {
    product_id: 2,
    message_templates: ['x'],
    approval: 'auto',
    batch_size: 5,
    delay_between_messages: 4,
    follow_ups: [{ after_hours: 24 }],
  } as unknown as Parameters<typeof likeCampaign>[0];
  const copy = likeCampaign(campaign, 'Ещё раз');
  expect(copy).toMatchObject({
    name: 'Ещё раз',
    productId: 2,
    templates: ['x'],
    batchSize: 5,
    delaySeconds: 4,
    segment: {},
  });
});
