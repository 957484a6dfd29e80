// Who did what, in words: every entry is read by people who know no names of the API.
import { expect, test } from './fixtures';
import { choose, openStudio } from './studio';

test('the log of actions is told in words, with the way to what was changed', async ({ page, alfa }) => {
  const studio = await openStudio(alfa);
  const { contact_id } = await alfa.call<{ contact_id: number }>('GET', `/api/clients/${studio.anna}`);
  await alfa.call('PATCH', '/api/policy', { daily_new_dialogs: 7, quiet_from: null, quiet_to: null });
  await alfa.call('POST', `/api/contacts/${contact_id}/stage`, { stage: 'lost', reason: 'price' });
  await alfa.call('POST', '/api/payments', {
    client_id: studio.anna,
    amount_minor: 80_050,
    method: 'cash',
  });

  await page.goto('/admin/settings?part=audit');
  const entry = (words: string) => page.getByRole('row').filter({ hasText: words });
  const rules = entry('Правила отправки изменены');
  await expect(rules).toContainText('Новых диалогов в сутки на аккаунт: как в .env → 7');
  await expect(rules).toContainText('Тихие часы: как в .env → нет');
  await expect(entry('Этап воронки изменён')).toContainText('Новый → Отказ');
  await expect(entry('Этап воронки изменён')).toContainText('Почему отказ: Дорого');
  await expect(entry('Платёж записан')).toContainText(/800,50\s₽ · Проведён/);
  await expect(entry('Клиент добавлен').first()).toContainText('Кто-то на этой машине');
  // Nothing of it is a name of the API.
  await expect(page.locator('main tbody')).not.toContainText(/[a-z]+[._][a-z]+|[{}"]/);

  await choose(page, 'О чём', 'Платежи');
  await expect(page.locator('main tbody tr')).toHaveCount(1);
  await expect(entry('Платёж записан')).toBeVisible();
  await expect(page).toHaveURL(/kind=payment/);
  await page.getByLabel('По день').fill('2020-01-01');
  await expect(page.getByText('Под этот фильтр ничего не подходит')).toBeVisible();
  await page.getByRole('button', { name: 'Сбросить', exact: true }).first().click();
  await expect(rules).toBeVisible();

  await entry('Клиент добавлен')
    .getByRole('link', { name: `Клиент № ${studio.anna}` })
    .click();
  await expect(page.getByRole('heading', { name: 'Анна Белова' })).toBeVisible();
  await page.goBack();
  await rules.getByRole('link', { name: 'Правила отправки' }).click();
  await expect(page.getByLabel('Новых диалогов в сутки на аккаунт')).toHaveValue('7');
});
