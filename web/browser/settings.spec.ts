// What an administrator sets up: an account by code and password, the rules of sending.
import { expect, test } from './fixtures';

// A wrong code and a wrong rule are refused on purpose.
test.use({ excused: /status of 4\d\d/ });

test('an account is added and signed in by code and password', async ({ page, alfa }) => {
  await page.goto('/admin/settings');
  await page.getByRole('button', { name: 'Добавить аккаунт' }).click();
  const adding = page.getByRole('dialog', { name: 'Добавить аккаунт' });
  await adding.getByLabel('Название').fill('Вторая линия');
  await adding.getByLabel('Телефон').fill('+7 999 000-00-02');
  await adding.getByRole('button', { name: 'Добавить аккаунт' }).click();
  await expect(adding).toBeHidden();

  const account = page.locator('.mantine-Paper-root', {
    has: page.getByRole('heading', { name: /Вторая линия/ }),
  });
  await expect(account).toContainText('Нужен вход');
  await account.getByRole('button', { name: 'Войти по коду' }).click();
  const code = account.getByLabel('Код из Telegram');
  await code.fill('11111');
  await account.getByRole('button', { name: 'Войти', exact: true }).click();
  await expect(code).toHaveAttribute('aria-invalid', 'true');
  await code.fill('24680');
  await account.getByRole('button', { name: 'Войти', exact: true }).click();

  const password = account.getByLabel('Пароль Telegram');
  await password.fill('sturgeon');
  await account.getByRole('button', { name: 'Войти', exact: true }).click();
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await password.fill('swordfish');
  await password.press('Enter');
  await expect(account).toContainText('На связи');
  const { items } = await alfa.call<{ items: object[] }>('GET', '/api/accounts');
  expect(items).toContainEqual(expect.objectContaining({ label: 'Вторая линия', state: 'ready' }));
});

test('the rules of sending are changed at once, refused at their input and taken back', async ({
  page,
  alfa,
}) => {
  const rules = () => alfa.call<Record<string, unknown>>('GET', '/api/policy');
  const before = await rules();
  await page.goto('/admin/settings?part=policy');
  const daily = page.getByLabel('Новых диалогов в сутки на аккаунт');
  await expect(daily).toHaveValue(String(before.daily_new_dialogs));
  await daily.fill('100000');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect(daily).toHaveAttribute('aria-invalid', 'true');
  await daily.fill('7');
  await page.getByLabel('Тихо с').fill('22:00');
  await page.getByLabel('до', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByText('Укажите и это время либо очистите оба поля')).toBeVisible();
  await page.getByLabel('до', { exact: true }).fill('08:30');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect.poll(rules).toMatchObject({ daily_new_dialogs: 7, quiet_from: '22:00', quiet_to: '08:30' });
  await expect(page.getByText('изменено здесь').first()).toBeVisible();
  await page
    .getByRole('alert')
    .filter({ hasText: 'Правила изменены' })
    .getByRole('button', { name: 'Вернуть' })
    .click();
  await expect.poll(rules).toMatchObject({
    daily_new_dialogs: before.daily_new_dialogs,
    quiet_from: before.quiet_from ?? null,
  });
});

test('says what this Alfa is', async ({ page }) => {
  await page.goto('/admin/settings?part=about');
  await expect(page.getByRole('definition').filter({ hasText: 'Песочница' })).toBeVisible();
});
