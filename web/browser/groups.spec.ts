// Members of a group: read, never written to without their consent, and what can be done with them.
import { expect, test } from './fixtures';

test('members are read, stay without consent, and only those who agreed get a campaign', async ({
  page,
  alfa,
}) => {
  await page.goto('/admin/groups');
  await page.getByRole('button', { name: 'Обновить из Telegram' }).first().click();
  await page.getByRole('link', { name: 'Клуб' }).click();
  await page.getByRole('button', { name: 'Прочитать участников' }).click();
  await expect(page.getByText(/Готово: \d+ участник/)).toBeVisible();
  // The account that reads is in the group too, and is nobody's contact.
  expect(await alfa.call('GET', '/api/contacts?search=operator_sim')).toMatchObject({ total: 0 });
  await expect(page.getByText(/Можно писать: 0 из \d+/)).toBeVisible();
  await expect(page.getByRole('link', { name: /Кампания для тех/ })).toBeHidden();

  await page.getByRole('link', { name: 'Участники без согласия' }).click();
  await expect(page).toHaveURL(/consent=none/);
  await page
    .getByRole('checkbox', { name: /^Выбрать: / })
    .first()
    .check();
  await page.getByRole('button', { name: 'Ещё', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Записать согласие' }).click();
  const window = page.getByRole('dialog');
  await expect(window.getByRole('button', { name: 'Записать согласие' })).toBeDisabled();
  await window.getByLabel('Чем подтверждается').fill('Анкета на встрече клуба');
  await window.getByRole('button', { name: 'Записать согласие' }).click();
  await expect(page.getByText('Изменён 1 контакт')).toBeVisible();

  await page.goBack();
  await expect(page.getByText(/Можно писать: 1 из \d+/)).toBeVisible();
  await page.getByRole('link', { name: /Кампания для тех/ }).click();
  await page.getByLabel('Название кампании').fill('Клубу');
  await page.getByRole('radio', { name: 'Кредитная карта' }).click();
  await page.getByRole('button', { name: 'Далее' }).click();
  await expect(page.getByRole('combobox', { name: 'Участники группы' })).toHaveValue('Клуб');
  await expect(page.getByText('Получит 1 человек')).toBeVisible();
  expect(await alfa.call('GET', '/api/contacts?consent=opt_in_form')).toMatchObject({ total: 1 });
});
