// Who may come in.
import { expect, test } from './fixtures';

test.use({
  settings: { ALFA_ADMIN_PASSWORD: 'correct horse battery' },
  // Refused logins are answered with 401, which the browser writes into its console.
  excused: /status of 401/,
});

test('a login is asked for, a wrong one refused in words, and the page that was meant is shown', async ({
  page,
}) => {
  await page.goto('/admin/campaigns?status=running');
  await expect(page.getByRole('heading', { name: 'Вход' })).toBeVisible();
  await page.getByLabel('Пароль').fill('wrong password');
  await page.getByRole('button', { name: 'Войти' }).click();
  await expect(page.getByRole('alert')).toHaveText('Имя или пароль не подходят.');
  await page.getByLabel('Пароль').fill('correct horse battery');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/\/admin\/campaigns\?status=running$/);
});

test('leaving ends the session', async ({ page }) => {
  await page.goto('/admin/');
  await page.getByLabel('Пароль').fill('correct horse battery');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Вид и язык' }).click();
  await page.getByRole('button', { name: 'Выйти' }).click();
  await expect(page.getByRole('heading', { name: 'Вход' })).toBeVisible();
  await page.goto('/admin/inbox');
  await expect(page.getByRole('heading', { name: 'Вход' })).toBeVisible();
});

test('the address cannot lead the login to another site', async ({ page, alfa }) => {
  await page.goto(`/admin/login?back=${encodeURIComponent('//example.com/')}`);
  await page.getByLabel('Пароль').fill('correct horse battery');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Разделы' }).first()).toBeVisible();
  expect(page.url().startsWith(alfa.url)).toBe(true);
});
