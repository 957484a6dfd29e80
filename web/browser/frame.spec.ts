// The frame around the pages: language, theme, palette, keys.
import { expect, test } from './fixtures';
import { PEOPLE } from './people';

test('language and theme are switched and remembered', async ({ page }) => {
  await page.goto('/admin/inbox');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
  await page.getByRole('button', { name: 'Вид и язык' }).click();
  await page.getByText('English', { exact: true }).click();
  await expect(page.getByRole('button', { name: 'Look and language' })).toBeVisible();
  await page.getByText('Dark', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect(page.getByRole('link', { name: 'Inbox' }).first()).toBeVisible();
});

test('pages and people are found from the keyboard', async ({ page, alfa }) => {
  await alfa.contacts(PEOPLE);
  await page.goto('/admin/inbox');
  await expect(page.getByRole('heading', { name: 'Диалогов пока нет' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page).toHaveURL(/\/admin\/campaigns/);
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Найти и перейти' }).fill('Глеб');
  await expect(page.getByText('Глеб Котов')).toBeVisible();
  // The first that is found is chosen, though it was found after the typing.
  await expect(page.locator('[data-action][data-selected]')).toContainText('Глеб Котов');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/contact=4/);
  // The chat has its keys when it is there, which is after the address.
  await expect(page.getByRole('textbox', { name: 'Сообщение' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/contact=4/);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Клавиши' })).toBeVisible();
});

test('a page that does not exist says so and leads back', async ({ page }) => {
  await page.goto('/admin/nowhere');
  await expect(page.getByRole('heading', { name: 'Такой страницы нет' })).toBeVisible();
  await page.getByRole('link', { name: 'На главную' }).click();
  await expect(page).toHaveURL(/\/admin\/inbox/);
});

test('the sandbox says how to connect the real Telegram', async ({ page }) => {
  await page.goto('/admin/inbox');
  await page.getByRole('button', { name: 'Подключить настоящий аккаунт' }).click();
  await expect(page.getByRole('dialog')).toContainText('TELEGRAM_API_ID');
});

test('several tabs share one connection, and another takes over when the first is closed', async ({
  context,
  page,
  alfa,
}) => {
  const streams = async () =>
    Number(
      /^alfa_event_streams\S* (\d+)/m.exec(await (await fetch(`${alfa.url}/metrics`)).text())?.[1] ?? -1,
    );
  await page.goto('/admin/inbox');
  const second = await context.newPage();
  await second.goto(`${alfa.url}/admin/campaigns`);
  await expect(second.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.poll(streams).toBe(1);
  await page.close();
  await expect.poll(streams).toBe(1);
  await alfa.contacts(PEOPLE);
  await alfa.call('POST', '/api/campaigns/create', { name: 'Видно сразу', product_id: 1, contact_ids: [1] });
  await expect(second.getByText('Видно сразу')).toBeVisible();
});

test.describe('in a browser of another time zone', () => {
  test.use({ timezoneId: 'Pacific/Honolulu' });

  test('times are those of the business', async ({ page, alfa }) => {
    await alfa.contacts(PEOPLE);
    const { time_zone } = await alfa.call<{ time_zone: string }>('GET', '/api/system');
    const { items } = await alfa.call<{ items: { created_at: string }[] }>('GET', '/api/imports');
    const shown = new Intl.DateTimeFormat('ru', { timeZone: time_zone, hour: '2-digit', minute: '2-digit' });
    await page.goto('/admin/import');
    const at = `сегодня, ${shown.format(new Date(items[0]?.created_at ?? ''))}`;
    await expect(page.getByRole('cell', { name: at })).toBeVisible();
  });
});
