// How every page looks: in both themes and languages, wide and on a phone. No axe violation, nothing wider than the window.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { PAGES, type ShownPage } from './pages';
import { PEOPLE } from './people';
import type { Alfa } from './server';

const THEMES = ['light', 'dark'] as const;
const LANGUAGES = ['ru', 'en'] as const;
const SIZES = { wide: { width: 1360, height: 820 }, phone: { width: 390, height: 844 } } as const;

/** A finished campaign with answers, and one whose drafts wait. */
async function furnish(alfa: Alfa) {
  await alfa.contacts(PEOPLE);
  const make = (name: string, approval: string, contact_ids: number[]) =>
    alfa.call('POST', '/api/campaigns/create', { name, product_id: 1, approval, contact_ids });
  await make('Осенние карты', 'auto', [1, 2, 4]);
  await make('Проверка черновиков', 'manual', [3]);
  await alfa.call('GET', '/api/groups?refresh=true');
  await alfa.call('POST', '/api/groups/1/parse-members', {});
  await alfa.call('POST', '/api/campaigns/1/initiate-dialogs', {});
  await alfa.call('POST', '/api/campaigns/2/initiate-dialogs', {});
  const settled = async () => {
    const stats = await alfa.call<{ replied: number }>('GET', '/api/campaigns/1/stats');
    const drafts = await alfa.call<{ total: number }>('GET', '/api/campaigns/2/drafts');
    return stats.replied >= 2 && drafts.total === 1;
  };
  await expect.poll(settled, { timeout: 60_000 }).toBe(true);
}

/** A talk with the assistant, as the browser keeps it: single figures, bars, a table. */
async function talkOf(alfa: Alfa): Promise<string> {
  const turns: object[] = [];
  for (const message of ['Как дела?', 'Кто не был больше месяца?', 'Выручка по услугам за этот месяц']) {
    const answer = await alfa.call<{ message: string }>('POST', '/api/ai-assistant/chat', { message });
    turns.push({ id: `q${turns.length}`, role: 'user', text: message });
    turns.push({ id: `a${turns.length}`, role: 'assistant', text: answer.message, answer });
  }
  return JSON.stringify(turns);
}

async function look(page: Page, shown: ShownPage, size: keyof typeof SIZES, theme: string, language: string) {
  await page.setViewportSize(SIZES[size]);
  await page.goto(`/admin${shown.path}`);
  await page.locator(shown.ready).first().waitFor();
  await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
  const name = `${shown.name}-${size}-${theme}-${language}`;
  await page.screenshot({ path: `screenshots/${name}.png` });
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(sideways, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`,
  );
  expect.soft(found, name).toEqual([]);
}

test('every page', async ({ page, alfa }) => {
  test.setTimeout(2_400_000);
  await furnish(alfa);
  // Behind the campaigns, whose people have the first numbers.
  await alfa.down();
  alfa.run('demo', '--seed', '1');
  await alfa.up();
  const talk = await talkOf(alfa);
  for (const theme of THEMES) {
    for (const language of LANGUAGES) {
      await page.goto('/admin/');
      await page.evaluate(
        ([scheme, lang, said]) => {
          localStorage.setItem('mantine-color-scheme-value', scheme);
          localStorage.setItem('alfa.language', lang);
          localStorage.setItem('alfa.assistant.open', said);
        },
        [theme, language, talk] as const,
      );
      for (const shown of PAGES.filter(
        (one) => !process.env.ONLY || process.env.ONLY.split(',').includes(one.name),
      )) {
        for (const size of ['wide', 'phone'] as const) {
          await test.step(`${shown.name} ${size} ${theme} ${language}`, () =>
            look(page, shown, size, theme, language));
        }
      }
    }
  }
});
