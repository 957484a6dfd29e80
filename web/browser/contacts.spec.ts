// What one does with contacts: filters, changes of many at once, the card, two records of one person made one.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures';
import { PEOPLE } from './people';

/** More than a page, none of them in the simulated Telegram. */
const MANY = `name,phone,profession\n${Array.from(
  { length: 120 },
  (_, at) =>
    `Клиент ${String(at).padStart(3, '0')},+7926${String(1_000_000 + at)},${at % 2 ? 'Врач' : 'Повар'}`,
).join('\n')}\n`;

test('some are tagged, all that are found are moved, and both are taken back', async ({ page, alfa }) => {
  await alfa.contacts(MANY);
  const total = async (query: string) =>
    (await alfa.call<{ total: number }>('GET', `/api/contacts?${query}`)).total;
  await page.goto('/admin/contacts');
  await page.getByRole('checkbox', { name: 'Выбрать всё на странице' }).check();
  await expect(page.getByText('Выбрано 50 записей')).toBeVisible();
  await page.getByRole('button', { name: 'Метки', exact: true }).click();
  const window = page.getByRole('dialog');
  await window.getByLabel('Какие').fill('весна');
  await window.getByLabel('Какие').press('Enter');
  await window.getByRole('button', { name: 'Добавить метки' }).dblclick();
  await expect(page.getByText('Изменено 50 контактов')).toBeVisible();
  expect(await total('tag=весна')).toBe(50);

  await page.getByRole('searchbox', { name: 'Поиск' }).fill('Клиент');
  await expect(page).toHaveURL(/search=/);
  await expect(page.getByText(/из 120/)).toBeVisible();
  await page.getByRole('checkbox', { name: 'Выбрать всё на странице' }).check();
  await page.getByRole('button', { name: 'Выбрать все найденные: 120' }).click();
  // What is in use already is pressed and not typed, and all of it is inside of the window.
  await page.getByRole('button', { name: 'Метки', exact: true }).click();
  await window.getByText('весна', { exact: true }).click();
  await expect(window.getByRole('checkbox', { name: 'весна' })).toBeChecked();
  await expect(window.getByRole('button', { name: 'Добавить метки' })).toBeEnabled();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await window.getByRole('button', { name: 'Отмена' }).click();

  // Known to the browser once it is answered, when the window closes: only then does a reload find it again.
  const answered = page.waitForResponse('**/api/contacts/bulk');
  await page.getByRole('button', { name: 'Этап воронки' }).click();
  await window.getByRole('combobox', { name: 'Этап воронки' }).click();
  await page.getByRole('option', { name: 'Интересуется' }).click();
  await window.getByRole('button', { name: 'Перевести' }).click();
  await expect(window).toBeHidden();
  expect((await answered).request().postDataJSON()).toMatchObject({
    filter: { search: 'Клиент' },
    action: 'set_stage',
  });
  await page.reload();
  await expect(page.getByText('Изменено 120 контактов')).toBeVisible();
  expect(await total('stage=interested')).toBe(120);
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect.poll(() => total('stage=interested'), { timeout: 60_000 }).toBe(0);
  expect(await total('tag=весна')).toBe(50);
});

test('a filter is in the address, is kept under a name and is a campaign of those people', async ({
  page,
  alfa,
}) => {
  await alfa.contacts(PEOPLE);
  await alfa.call('POST', '/api/contacts/3/stage', { stage: 'interested' });
  await page.goto('/admin/contacts');
  await page.getByRole('combobox', { name: 'Этап' }).click();
  await page.getByRole('option', { name: 'Интересуется' }).click();
  await expect(page).toHaveURL(/stage=interested/);
  await expect(page.getByText('1–1 из 1')).toBeVisible();
  await page.getByRole('button', { name: 'Сохранить фильтр' }).click();
  await page.getByLabel('Название фильтра').fill('Горячие');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Сбросить', exact: true }).click();
  await expect(page.getByText('1–4 из 4')).toBeVisible();
  await page.getByRole('button', { name: 'Горячие', exact: true }).click();
  await expect(page.getByText('1–1 из 1')).toBeVisible();
  await page.getByRole('button', { name: 'Ещё фильтры' }).click();
  await page.getByRole('combobox', { name: 'Не общались' }).click();
  await page.getByRole('option', { name: 'Больше недели' }).click();
  await expect(page.getByText('1–1 из 1')).toBeVisible();

  await page.getByRole('checkbox', { name: 'Выбрать всё на странице' }).check();
  await page.getByRole('link', { name: 'В кампанию' }).click();
  await page.getByLabel('Название кампании').fill('Кто выбран');
  await page.getByRole('radio', { name: 'Кредитная карта' }).click();
  await page.getByRole('button', { name: 'Далее' }).click();
  await expect(page.getByText('Выбран 1 человек')).toBeVisible();
  await expect(page.getByText('Получит 1 человек')).toBeVisible();
});

test('two records of one person are compared and made one; who said stop is not written to', async ({
  page,
  alfa,
}) => {
  await alfa.contacts(PEOPLE);
  const twin = await alfa.call<{ id: number }>('POST', '/api/contacts/create', {
    name: 'Анна Белова',
    username: 'anna_b',
    goal: 'Накопить',
    profession: 'Педиатр',
  });
  await alfa.call('POST', `/api/contacts/${twin.id}/opt-out`, {});
  await alfa.call('POST', '/api/campaigns/create', { name: 'Карты', product_id: 1, contact_ids: [1] });
  await page.goto('/admin/contacts/1');
  await expect(page.getByRole('link', { name: 'Карты' })).toBeVisible();
  await page.getByRole('button', { name: 'Ещё', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Объединить с другим…' }).click();
  await page.getByRole('button', { name: 'Сравнить: Анна Белова' }).click();
  const line = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });
  await expect(line('Профессия').locator('del')).toHaveText('Педиатр');
  await expect(line('Цель').locator('del')).toHaveCount(0);
  await expect(line('Согласие').locator('del')).toHaveText('Подтвердил оператор');
  await page.getByRole('button', { name: 'Объединить', exact: true }).dblclick();
  await expect(page.getByText('Объединено: Анна Белова')).toBeVisible();
  expect(await alfa.call('GET', '/api/contacts/1')).toMatchObject({
    profession: 'Врач',
    goal: 'Накопить',
    username: 'anna_b',
    opted_out_at: expect.any(String),
  });
  expect(await alfa.call('GET', '/api/contacts')).toMatchObject({ total: 4 });
});

test.describe('on a phone', () => {
  // The phone that somebody has is refused on purpose.
  test.use({ viewport: { width: 390, height: 844 }, excused: /status of 409/ });

  test('an input that is refused comes into sight with what is wrong', async ({ page, alfa }) => {
    await alfa.contacts('name,phone\nАнна Белова,+79161234567\n');
    await page.goto('/admin/contacts?create=true');
    const window = page.getByRole('dialog', { name: 'Новый контакт' });
    const create = window.getByRole('button', { name: 'Добавить контакт' });
    await create.click();
    await expect(window.getByRole('textbox', { name: 'Имя', exact: false }).first()).toBeInViewport();
    await expect(window.getByText('Укажите имя')).toBeInViewport();
    await window.getByRole('textbox', { name: 'Имя', exact: false }).first().fill('Анна');
    await window.getByLabel('Телефон').fill('+7 916 123-45-67');
    await create.click();
    await expect(window.getByLabel('Телефон')).toHaveAttribute('aria-invalid', 'true');
    await expect(window.getByLabel('Телефон')).toBeInViewport();
  });
});

test.describe('when an answer is lost on its way', () => {
  test.use({ excused: /net::ERR_FAILED/ });

  test('what is tried again is done once', async ({ page, alfa }) => {
    await page.goto('/admin/contacts?create=true');
    const window = page.getByRole('dialog', { name: 'Новый контакт' });
    const create = window.getByRole('button', { name: 'Добавить контакт' });
    await page.route(
      '**/api/contacts/create',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await window.getByRole('textbox', { name: 'Имя', exact: false }).first().fill('Дина Лескова');
    await create.click();
    await expect(page.getByText('Сервер не отвечает')).toBeVisible();
    await create.click();
    await expect(page.getByRole('heading', { name: 'Дина Лескова' })).toBeVisible();
    expect(await alfa.call('GET', '/api/contacts')).toMatchObject({ total: 1 });
  });
});
