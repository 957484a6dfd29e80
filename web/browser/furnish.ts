import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from './fixtures';
import type { Alfa } from './server';
import { TOWN, TOWN_SIZE, TOWN_WORLD } from './town';

const AGE = join(import.meta.dirname, 'age.py');

/** Settings of a server whose pages are looked at. Pacing is for real people; the simulated ones need not be waited for. */
export const FURNISHED = { SANDBOX_SCENARIO: TOWN_WORLD, PACING: 'off' };

const between = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Weeks of work as every page wants to show them: finished campaigns with answers, and one whose drafts wait. */
export async function furnish(alfa: Alfa) {
  await alfa.contacts(TOWN);
  const make = (name: string, product_id: number, contact_ids: number[], more: object = {}) =>
    alfa.call('POST', '/api/campaigns/create', { name, product_id, contact_ids, approval: 'auto', ...more });
  await make('Осенние карты', 1, [1, 2, 4, ...between(5, 44)]);
  await make('Проверка черновиков', 1, [3], { approval: 'manual' });
  await make('Вклад к зиме', 4, between(45, TOWN_SIZE));
  await alfa.call('GET', '/api/groups?refresh=true');
  await alfa.call('POST', '/api/groups/1/parse-members', {});
  for (const id of [1, 2, 3]) await alfa.call('POST', `/api/campaigns/${id}/initiate-dialogs`, {});
  await settled(alfa);
  await movedOn(alfa);
  await alfa.down();
  const aged = spawnSync('python3', [AGE, alfa.database], { encoding: 'utf8' });
  if (aged.status !== 0) throw new Error(`age.py: ${aged.stderr}`);
  await alfa.up();
}

/** Readings without a change, three seconds apart, after which nobody is about to answer even on a slow machine. */
const QUIET_READINGS = 2;

/** Everybody was written to and nobody is about to answer or to be answered. */
async function settled(alfa: Alfa) {
  let before = '';
  let same = 0;
  const quiet = async () => {
    const stats = await Promise.all(
      [1, 3].map((id) => alfa.call<Stats>('GET', `/api/campaigns/${id}/stats`)),
    );
    const drafts = await alfa.call<{ total: number }>('GET', '/api/campaigns/2/drafts');
    const now = JSON.stringify(
      stats.map(({ sent, read, replied, by_stage }) => [sent, read, replied, by_stage]),
    );
    same = now === before ? same + 1 : 0;
    before = now;
    const done = stats.every((one) => one.status === 'completed' && one.replied > 5);
    return same >= QUIET_READINGS && drafts.total === 1 && done;
  };
  await expect.poll(quiet, { timeout: 240_000, intervals: [3_000] }).toBe(true);
}

interface Stats {
  status: string;
  sent: number;
  read: number;
  replied: number;
  by_stage: Record<string, number>;
}

/** Some who are interested went on to apply and to become clients, which an operator notes. */
async function movedOn(alfa: Alfa) {
  const { items } = await alfa.call<{ items: { id: number; stage: string }[] }>(
    'GET',
    '/api/contacts?limit=200',
  );
  const warm = items.filter((one) => ['interested', 'offered'].includes(one.stage)).map((one) => one.id);
  for (const [index, id] of warm.entries()) {
    const stage = index % 5 === 0 ? 'won' : index % 2 === 0 ? 'applied' : null;
    if (stage) await alfa.call('POST', `/api/contacts/${id}/stage`, { stage });
  }
}
