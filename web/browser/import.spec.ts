// A dirty file of contacts: read as it is, its columns corrected, its problem rows downloaded, mended and taken in; all taken back.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

/** As an old Excel writes it: Windows-1251, semicolons, phones in every spelling, a repeat, bad rows, a quoted line break. */
const DIRTY = `ФИО;Мобильный;Кем трудится;Откуда узнали
Анна Белова;8 (999) 111-00-01;Врач;Сайт
Борис Громов;+7 999 111 00 02;Водитель;Выставка
Вера Зимина;12345;Учитель;Сайт
Анна Белова;79991110001;Врач;Сайт
"Глеб
Котов";8-999-111-00-04;Инженер;Друзья
Дина Лескова;;Повар;Сайт
`;

/** Windows-1251 for the letters of the file. */
function windows1251(text: string): Buffer {
  const byte = (char: string) => {
    const code = char.charCodeAt(0);
    if (code < 0x80) return code;
    if (code >= 0x410 && code <= 0x44f) return code - 0x410 + 0xc0;
    throw new Error(`no Windows-1251 for ${char}`);
  };
  return Buffer.from([...text].map(byte));
}

const choose = (page: Page, name: string, buffer: Buffer) =>
  page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/csv', buffer });

/** Says what a column of the file is. */
async function take(page: Page, column: string, field: string) {
  await page.getByRole('combobox', { name: column, exact: true }).click();
  await page.getByRole('option', { name: field, exact: true }).click();
}

const figure = (page: Page, words: string) =>
  page.locator('main dl div').filter({ hasText: words }).locator('dd');

test('a dirty file is matched, checked, taken in, mended and taken back', async ({ page, alfa }) => {
  await page.goto('/admin/import');
  await choose(page, 'старый.csv', windows1251(DIRTY));
  await expect(page.getByText(/windows-1251/i)).toBeVisible();
  await expect(page.getByText('разделитель «;»')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Мобильный' })).toHaveValue('Телефон');
  await take(page, 'Кем трудится', 'Профессия');
  await take(page, 'Откуда узнали', 'Не загружать');

  await page.getByRole('button', { name: 'Проверить файл' }).click();
  await expect(figure(page, 'будет новых')).toHaveText('3');
  await expect(page.getByRole('table', { name: 'Строки с ошибками' })).toContainText('12345');
  expect(await alfa.call('GET', '/api/contacts')).toMatchObject({ total: 0 });
  await page.getByRole('button', { name: 'Загрузить 3 контакта' }).click();
  await expect(page.getByText('Контакты загружены.')).toBeVisible();
  await page.reload();
  await expect(figure(page, 'новых контактов')).toHaveText('3');

  const people = await alfa.call<{ items: { name: string; profession: string; extra: object }[] }>(
    'GET',
    '/api/contacts?sort=id',
  );
  expect(people.items.map((one) => one.profession)).toEqual(['Врач', 'Водитель', 'Инженер']);
  expect(people.items[0]?.extra).toEqual({});

  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Скачать строки с ошибками' }).click();
  const problems = readFileSync(await (await coming).path(), 'utf8');
  expect(problems).toContain('Вера Зимина');
  expect(problems).toContain('12345');
  expect(problems).not.toContain('Борис Громов');

  await page.goto('/admin/import');
  await choose(page, 'исправленный.csv', Buffer.from(problems.replaceAll('12345', '8 999 111-00-03')));
  await take(page, 'Кем трудится', 'Профессия');
  for (const column of ['строка', 'поле', 'причина', 'Откуда узнали'])
    await take(page, column, 'Не загружать');
  await page.getByRole('button', { name: 'Проверить файл' }).click();
  await page.getByRole('button', { name: 'Загрузить 1 контакт' }).click();
  await expect(page.getByText('Контакты загружены.')).toBeVisible();
  expect(await alfa.call('GET', '/api/contacts?search=Вера')).toMatchObject({ total: 1 });

  await page.goto('/admin/import');
  await page.getByRole('button', { name: 'старый.csv' }).first().click();
  await page.getByRole('button', { name: 'Отменить загрузку' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Отменить загрузку' }).click();
  await expect(page.getByText(/удалено 3/)).toBeVisible();
  expect(await alfa.call('GET', '/api/contacts')).toMatchObject({ total: 1 });
});

test('a file is chosen with the keyboard; what is pressed twice is done once', async ({ page, alfa }) => {
  await page.goto('/admin/import');
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Выбрать файл' }).press('Enter');
  const rows = 'имя,телефон\nАнна Белова,+79991110001\nБорис Громов,+79991110002\n';
  await (await choosing).setFiles({ name: 'люди.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) });
  const imports = async () => (await alfa.call<{ total: number }>('GET', '/api/imports')).total;
  await page.getByRole('button', { name: 'Проверить файл' }).dblclick();
  const take = page.getByRole('button', { name: 'Загрузить 2 контакта' });
  await expect(take).toBeVisible();
  expect(await imports()).toBe(1);
  await take.dblclick();
  await expect(page.getByText('Контакты загружены.')).toBeVisible();
  expect(await imports()).toBe(2);
});

test.describe('what is no list of people', () => {
  test.use({ excused: /status of 4\d\d/ });

  test('is refused by what it is, before anything is written', async ({ page, alfa }) => {
    await page.goto('/admin/import');
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    await choose(page, 'картинка.csv', png);
    await expect(page.getByRole('alert')).toContainText('Файл не принят');
    await expect(page.getByRole('button', { name: 'Проверить файл' })).toBeDisabled();
    await page.getByRole('button', { name: 'Другой файл' }).click();
    await choose(page, 'пусто.csv', Buffer.from(''));
    await expect(page.getByRole('alert')).toContainText('Файл не принят');
    expect(await alfa.call('GET', '/api/imports')).toMatchObject({ total: 0 });
  });
});
