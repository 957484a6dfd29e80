// How every page looks: in both themes and languages, wide and on a phone. No axe violation, nothing wider than the window.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { FURNISHED, furnish } from './furnish';
import { PAGES, type ShownPage } from './pages';
import type { Alfa } from './server';

const SIZES = { wide: { width: 1360, height: 820 }, phone: { width: 390, height: 844 } } as const;

/**
 * The looks of a page that is loaded once for each language, and what axe looks at in each. Colours do not depend on
 * the language, and names, roles and order do not depend on the theme: what was looked at once is not looked at again.
 */
const LOOKS = {
  ru: [
    ['wide', 'light', 'all'],
    ['wide', 'dark', 'colours'],
    ['phone', 'dark', 'colours'],
    ['phone', 'light', 'all'],
  ],
  en: [
    ['wide', 'light', 'names'],
    ['wide', 'dark', null],
    ['phone', 'dark', null],
    ['phone', 'light', 'names'],
  ],
} as const;
type Language = keyof typeof LOOKS;
type Look = (typeof LOOKS)[Language][number];

const COLOURS = 'color-contrast';
const AXE: Record<NonNullable<Look[2]>, (axe: AxeBuilder) => AxeBuilder> = {
  all: (axe) => axe,
  colours: (axe) => axe.withRules(COLOURS),
  names: (axe) => axe.disableRules(COLOURS),
};

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

/** The page as it is after a change of size or theme: loaded, drawn, and at rest. */
async function atRest(page: Page, shown: ShownPage) {
  await page.locator(shown.ready).first().waitFor();
  await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** What is to be read or pressed and stands partly beyond the window, where nothing scrolls to it. Runs in the page. */
function beyondTheEdge(): string[] {
  const scrolls = (element: Element | null): boolean =>
    element !== null &&
    (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const seen = [
    ...document.querySelectorAll('main :is(button, a, input, textarea, p, label, dd, h1, h2, h3)'),
  ];
  return seen
    .filter((one) => {
      const box = one.getBoundingClientRect();
      return box.width > 1 && box.height > 1 && (box.right > window.innerWidth + 1 || box.left < -1);
    })
    .filter((one) => !scrolls(one.parentElement?.closest('main *') ?? null))
    .map(
      (one) =>
        `${one.tagName} ${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 40)}`,
    );
}

async function look(page: Page, shown: ShownPage, language: Language, [size, theme, axe]: Look) {
  await page.setViewportSize(SIZES[size]);
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await atRest(page, shown);
  const name = `${shown.name}-${size}-${theme}-${language}`;
  await page.screenshot({ path: `screenshots/${name}.png` });
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(sideways, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  expect.soft(await page.evaluate(beyondTheEdge), `${name} has these beyond the edge`).toEqual([]);
  if (!axe) return;
  const { violations } = await AXE[axe](new AxeBuilder({ page })).analyze();
  const found = violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`,
  );
  expect.soft(found, name).toEqual([]);
}

test.use({ settings: FURNISHED });

test('every page', async ({ page, alfa }) => {
  test.setTimeout(2_400_000);
  await furnish(alfa);
  // Behind the campaigns, whose people have the first numbers.
  await alfa.down();
  alfa.run('demo', '--seed', '1');
  await alfa.up();
  const talk = await talkOf(alfa);
  const wanted = process.env.ONLY?.split(',');
  for (const language of ['ru', 'en'] as const) {
    await page.goto('/admin/');
    await page.evaluate(
      ([lang, said]) => {
        localStorage.setItem('alfa.language', lang);
        localStorage.setItem('alfa.assistant.open', said);
      },
      [language, talk] as const,
    );
    for (const shown of PAGES.filter((one) => !wanted || wanted.includes(one.name))) {
      await page.setViewportSize(SIZES.wide);
      await page.goto(`/admin${shown.path}`);
      if (shown.press) await page.locator(shown.press).click();
      for (const one of LOOKS[language])
        await test.step(`${shown.name} ${one.join(' ')} ${language}`, () => look(page, shown, language, one));
    }
  }
});
