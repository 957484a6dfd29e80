// What the assistant says when its providers fail: the figures are there all the same, and why the words are plain.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { test as base, expect } from './fixtures';
import { Providers } from './providers';
import { openStudio } from './studio';

const test = base.extend<{ providers: Providers }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the fixtures destructured, and this one needs none.
  providers: async ({}, use) => {
    const providers = await Providers.start({
      timeweb: { status: 401, error: 'invalid token' },
      openai: { status: 500, error: 'the server had an error' },
    });
    await use(providers);
    await providers.end();
  },
  settings: async ({ providers }, use) =>
    use({
      TIMEWEB_API_TOKEN: 'timeweb-token-of-a-test',
      TIMEWEB_AGENT_ACCESS_ID: 'agent-1',
      TIMEWEB_BASE_URL: providers.url('timeweb'),
      OPENAI_API_KEY: 'sk-key-of-a-test',
      OPENAI_BASE_URL: providers.url('openai'),
    }),
});

async function ask(page: Page, question: string) {
  await page.getByRole('textbox').fill(question);
  await page.keyboard.press('Enter');
  const answer = page.locator('article[data-role="assistant"]').last();
  await expect(answer.getByRole('button', { name: /Откуда цифры|Where the figures/ })).toBeVisible();
  return answer;
}

test('every provider fails: the built-in engine answers, and says so with what to do', async ({
  page,
  alfa,
}) => {
  await openStudio(alfa);
  await page.goto('/admin/assistant');
  const answer = await ask(page, 'Сколько клиентов в базе?');
  await expect(answer.locator('[data-figure="total_clients"] dd')).toHaveText('2');
  await expect(answer.getByText('Ответил встроенный движок')).toBeVisible();
  const notice = answer.getByRole('alert');
  await expect(notice).toContainText('Провайдер ИИ не ответил');
  // Each is named with what its administrator does about it.
  await expect(notice).toContainText('Timeweb Cloud AI не принял токен (401). Проверьте');
  await expect(notice).toContainText('OpenAI сейчас отвечает ошибкой');
  // No key in what is shown.
  await expect(page.locator('body')).not.toContainText(/of-a-test/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `screenshots/assistant-degraded-wide-${colorScheme}-ru.png` });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await notice.scrollIntoViewIfNeeded();
  await page.screenshot({ path: 'screenshots/assistant-degraded-phone-dark-ru.png' });
});

test('the first provider fails and the second words the answer: who it was and why is told', async ({
  page,
  alfa,
  providers,
}) => {
  providers.answers.openai = { tool: 'clients_count', words: 'Сейчас у вас 2 клиента.' };
  await openStudio(alfa);
  await page.goto('/admin/assistant');
  const answer = await ask(page, 'Сколько клиентов в базе?');
  await expect(answer).toContainText('Сейчас у вас 2 клиента.');
  await expect(answer.getByText(/^Слова: openai/i)).toBeVisible();
  await expect(answer.getByRole('alert')).toHaveCount(0);
  await answer.getByRole('button', { name: 'Откуда цифры' }).click();
  await expect(answer.getByText(/Timeweb/)).toBeVisible();
});
