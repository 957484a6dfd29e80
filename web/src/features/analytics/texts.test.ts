import { expect, it } from 'vitest';
import { switchLanguage } from '@/shared/i18n';
import { text } from './texts';

it('has the people agree with their number', async () => {
  await switchLanguage('ru');
  const people = (count: number) => text('summary.people', { count });
  expect(people(1)).toMatch(/^человек получил /);
  expect(people(0)).toMatch(/^человек получили /);
  expect(people(53)).toMatch(/^человека получили /);
  expect(people(96)).toMatch(/^человек получили /);
  await switchLanguage('en');
  expect(people(1)).toMatch(/^person /);
  expect(people(96)).toMatch(/^people /);
});
