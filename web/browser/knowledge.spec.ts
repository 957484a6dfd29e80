// The knowledge base is changed by forms: what is wrong is said at its input, and every change can be taken back.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import type { Alfa } from './server';

// What is refused on purpose stands in the browser's console.
test.use({ excused: /status of 4(22|12|09)/ });

interface Product {
  facts: {
    attribute: string;
    value: number;
    display: { ru: string };
    valid_to: string | null;
    live: boolean;
  }[];
}
const fact = async (alfa: Alfa, name: string) =>
  (await alfa.call<Product>('GET', '/api/knowledge/products/1')).facts.find((one) => one.attribute === name);

const card = (page: Page) =>
  page.locator('.mantine-Paper-root', { has: page.getByRole('heading', { name: 'Кредитная карта' }) });

test('a fact is changed, refused at its input, expires, and the change is taken back', async ({
  page,
  alfa,
}) => {
  await page.goto('/admin/knowledge');
  await card(page).getByRole('button', { name: 'Изменить факт: кэшбэк' }).click();
  const form = page.getByRole('dialog', { name: 'Изменить факт' });
  const russian = form.getByLabel('Как пишется в сообщении, русский');
  await form.getByLabel('Сколько').fill('10');
  // The words follow the figure until somebody words them by hand.
  await expect(russian).toHaveValue('до 10\u00a0%');
  await expect(form.getByLabel('Как пишется в сообщении, английский')).toHaveValue('up to 10%');
  await russian.fill('до 12 %');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(russian).toHaveAttribute('aria-invalid', 'true');
  await russian.fill('до 10 %');
  await form.getByLabel('по (включительно)').fill('2026-01-31');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form).toBeHidden();
  await expect(card(page).getByRole('row', { name: /кэшбэк/ })).toContainText('Сейчас не говорим');
  expect(await fact(alfa, 'cashback')).toMatchObject({ value: 10, valid_to: '2026-01-31', live: false });
  await page
    .getByRole('alert')
    .filter({ hasText: 'Факт сохранён' })
    .getByRole('button', { name: 'Вернуть' })
    .click();
  await expect(card(page).getByRole('row', { name: /кэшбэк/ })).toContainText('до 7 %');
  expect(await fact(alfa, 'cashback')).toMatchObject({ value: 7, valid_to: null, live: true });
});

test('a product is added with its facts and deleted again', async ({ page, alfa }) => {
  await page.goto('/admin/knowledge');
  await page.getByRole('button', { name: 'Добавить продукт' }).click();
  const form = page.getByRole('dialog', { name: 'Добавить продукт' });
  await form.getByLabel('Название, русский').fill('Страховка');
  await form.getByLabel('Название, английский').fill('Insurance');
  await form.getByLabel('Описание, русский').fill('Страховка для поездок.');
  await form.getByLabel('Ссылка').fill('example');
  await form.getByRole('button', { name: 'Добавить слова' }).first().click();
  await form.getByLabel('Слова через запятую').fill('водитель, курьер');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form.getByLabel('Описание, английский')).toHaveAttribute('aria-invalid', 'true');
  await expect(form.getByLabel('Ссылка')).toHaveAttribute('aria-invalid', 'true');
  await form.getByLabel('Описание, английский').fill('Insurance for journeys.');
  await form.getByLabel('Ссылка').fill('https://example.com/insurance');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  const added = page.locator('.mantine-Paper-root', {
    has: page.getByRole('heading', { name: 'Страховка' }),
  });
  await expect(added).toContainText('Фактов пока нет');

  await added.getByRole('button', { name: 'Добавить факт' }).click();
  const facts = page.getByRole('dialog', { name: 'Добавить факт' });
  await facts.getByLabel('Имя в текстах').fill('price');
  await facts.getByLabel('Что, русский').fill('цена');
  await facts.getByLabel('Что, английский').fill('price');
  await facts.getByRole('combobox', { name: 'Единица' }).click();
  await page.getByRole('option', { name: '₽ в год', exact: true }).click();
  await facts.getByLabel('Сколько').fill('1200');
  await facts.getByLabel('Источник').fill('тариф');
  await facts.getByLabel('Готовые фразы, русский').fill('Цена — {{fact.price}}.');
  await facts.getByLabel('Готовые фразы, английский').fill('The price is {{fact.price}}.');
  await facts.getByRole('button', { name: 'Сохранить' }).click();
  await expect(added.getByRole('row', { name: /цена/ })).toContainText('1 200 ₽ в год');

  await added.getByRole('button', { name: 'Удалить продукт' }).click();
  await expect(added).toBeHidden();
  await page
    .getByRole('alert')
    .filter({ hasText: 'удалён' })
    .getByRole('button', { name: 'Вернуть' })
    .click();
  await expect(added.getByRole('row', { name: /цена/ })).toBeVisible();
  const { total } = await alfa.call<{ total: number }>('GET', '/api/knowledge/versions');
  // The sample, the product, the fact, the deletion, the undoing.
  expect(total).toBe(5);
});

test('answers and texts are changed, with their slots checked', async ({ page, alfa }) => {
  await page.goto('/admin/knowledge?part=objections&class=no_need');
  const answers = async () => {
    const found = await alfa.call<{ answers: { ru: { formal: string } }[] }>(
      'GET',
      '/api/knowledge/objections/no_need',
    );
    return found.answers.map((one) => one.ru.formal);
  };
  const before = await answers();
  await page.getByRole('button', { name: 'Добавить текст' }).click();
  const form = page.getByRole('dialog', { name: 'Добавить текст' });
  const russian = form.getByRole('group', { name: 'русский' });
  await russian.getByLabel('На «вы»').fill('Понимаю, {{nickname}}. Спасибо за ответ!');
  await russian.getByLabel('На «ты»').fill('Понимаю. Спасибо за ответ!');
  await form.getByRole('group', { name: 'английский' }).getByLabel('На «вы»').fill('I see. Thank you!');
  await form.getByRole('group', { name: 'английский' }).getByLabel('На «ты»').fill('I see. Thanks!');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(russian.getByLabel('На «вы»')).toHaveAttribute('aria-invalid', 'true');
  await expect(russian.getByText(/nickname/).last()).toBeVisible();
  await russian.getByLabel('На «вы»').fill('Понимаю. Спасибо за ответ!');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form).toBeHidden();
  expect(await answers()).toEqual([...before, 'Понимаю. Спасибо за ответ!']);
  await page.getByRole('button', { name: 'Удалить: Понимаю. Спасибо за ответ!' }).click();
  await expect.poll(answers).toEqual(before);

  await page.goto('/admin/knowledge?part=blocks&kind=stop_sentence');
  await page.getByRole('button', { name: /^Изменить: Если писать не нужно/ }).click();
  const text = page.getByRole('dialog', { name: 'Изменить текст' });
  await text
    .getByRole('group', { name: 'русский' })
    .getByLabel('На «вы»')
    .fill('Не писать? Ответьте «стоп».');
  await text.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByText('Не писать? Ответьте «стоп».')).toBeVisible();
});

test('the programme is changed, and a change on top of somebody else’s is refused', async ({
  page,
  alfa,
}) => {
  await page.goto('/admin/knowledge');
  await page.getByRole('button', { name: 'Изменить программу' }).click();
  const form = page.getByRole('dialog', { name: 'Изменить программу' });
  await form.getByLabel('Условия выдуманы').uncheck();
  await form.getByLabel('Название, русский').fill('Свои люди');
  const program = await alfa.call<object>('GET', '/api/knowledge/program');
  await alfa.call('PUT', '/api/knowledge/program', { ...program, bank: { ru: 'Банк', en: 'Bank' } });
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form.getByRole('alert')).toContainText('изменилась с тех пор');
  await form.getByRole('button', { name: 'Отмена' }).click();
  await page.getByRole('button', { name: 'Изменить программу' }).click();
  await form.getByLabel('Условия выдуманы').uncheck();
  await form.getByLabel('Название, русский').fill('Свои люди');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByRole('heading', { name: 'Свои люди' })).toBeVisible();
  await expect(page.getByText('Это пример, а не настоящие условия')).toBeHidden();
  expect(await alfa.call('GET', '/api/knowledge/program')).toMatchObject({
    sample: false,
    bank: { ru: 'Банк' },
  });
});
