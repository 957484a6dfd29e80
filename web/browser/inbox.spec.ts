// What an operator does in the inbox.
import { expect, test } from './fixtures';
import { ANNA, BORIS, PEOPLE, VERA } from './people';
import type { Alfa } from './server';

/** A dialog with each of these people, begun by a campaign. */
async function write(alfa: Alfa, contact_ids: number[]) {
  await alfa.contacts(PEOPLE);
  await alfa.call('POST', '/api/campaigns/create', { name: 'Карты', product_id: 1, contact_ids });
  await alfa.call('POST', '/api/campaigns/1/initiate-dialogs', {});
  const sent = async () => (await alfa.call<{ sent: number }>('GET', '/api/campaigns/1/stats')).sent;
  await expect.poll(sent, { timeout: 60_000 }).toBe(contact_ids.length);
}

const sentTexts = async (alfa: Alfa, contact: number) => {
  const { items } = await alfa.call<{ items: { author: string; text: string }[] }>(
    'GET',
    `/api/messages/history?contact_id=${contact}`,
  );
  return items.filter((one) => one.author === 'operator').map((one) => one.text);
};

test('an answer arrives by itself, is suggested and is sent once though clicked twice', async ({
  page,
  alfa,
}) => {
  await write(alfa, [VERA]);
  await page.goto(`/admin/inbox?contact=${VERA}`);
  await expect(page.getByText('Отвечает ИИ').first()).toBeVisible();
  const input = page.getByRole('textbox', { name: 'Сообщение' });
  await input.fill('Вера, добрый день!');
  await page.getByRole('button', { name: 'Отправить', exact: true }).dblclick();
  const bubble = page.locator('article[data-direction="out"]', { hasText: 'Вера, добрый день!' });
  await expect(bubble).toHaveCount(1);
  await expect(bubble.getByRole('img', { name: 'Прочитано' })).toBeVisible();
  await expect(input).toHaveValue('');
  expect(await sentTexts(alfa, VERA)).toEqual(['Вера, добрый день!']);
  await expect(page.getByText('Отвечает человек').first()).toBeVisible();
});

test('a dialog is taken over, handed back, closed and opened again', async ({ page, alfa }) => {
  await write(alfa, [VERA]);
  await page.goto(`/admin/inbox?contact=${VERA}`);
  await page.getByRole('button', { name: 'Взять на себя' }).click();
  await expect(page.getByRole('button', { name: 'Вернуть ИИ' })).toBeVisible();
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Взять на себя' })).toBeVisible();
  await page.keyboard.press('Alt+T');
  await expect(page.getByRole('button', { name: 'Вернуть ИИ' })).toBeVisible();
  await page.keyboard.press('Alt+T');
  await expect(page.getByRole('button', { name: 'Взять на себя' })).toBeVisible();
  await page.keyboard.press('Alt+E');
  await expect(page.getByRole('button', { name: 'Открыть снова' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Закрытые/ })).toContainText('1');
  await page.getByRole('button', { name: 'Открыть снова' }).click();
  await expect(page.getByRole('button', { name: 'Взять на себя' })).toBeVisible();
});

test('an objection is answered and a stop ends the dialog, while one watches', async ({ page, alfa }) => {
  await page.goto('/admin/inbox');
  await expect(page.getByRole('heading', { name: 'Диалогов пока нет' })).toBeVisible();
  await write(alfa, [ANNA, BORIS]);
  await page.getByRole('link', { name: /Анна Белова/ }).click();
  await expect(page.locator('article[data-direction="in"]').first()).toBeVisible();
  await expect(page.locator('article[data-direction="out"]').nth(1)).toBeVisible();
  await page.getByRole('link', { name: /Борис Громов/ }).click();
  await expect(page.getByText('Человек просил не писать. Alfa ему больше не пишет.')).toBeVisible();
  await expect(page.getByText('Диалог закрыт').first()).toBeVisible();
});

test('a text that was begun survives another dialog and a reload', async ({ page, alfa }) => {
  await write(alfa, [VERA]);
  await page.goto(`/admin/inbox?contact=${VERA}`);
  const input = page.getByRole('textbox', { name: 'Сообщение' });
  await input.fill('Начатый ответ');
  await page.goto(`/admin/inbox?contact=${ANNA}`);
  await expect(input).toHaveValue('');
  await page.goto(`/admin/inbox?contact=${VERA}`);
  await expect(input).toHaveValue('Начатый ответ');
});

test('a message on its way and a note that was begun survive a reload; the message is sent once', async ({
  page,
  alfa,
}) => {
  await write(alfa, [VERA]);
  await page.goto(`/admin/inbox?contact=${VERA}`);
  const input = page.getByRole('textbox', { name: 'Сообщение' });
  // The server has it, but its answer does not come.
  await page.route('**/api/messages/send', (route) => void route.fetch().catch(() => {}), { times: 1 });
  await input.fill('Дойдёт один раз');
  await input.press('Enter');
  await expect(input).toHaveValue('');
  await expect.poll(() => sentTexts(alfa, VERA)).toEqual(['Дойдёт один раз']);
  const note = page.getByLabel('Заметка для своих');
  await note.fill('Перезвонить');
  await page.reload();
  await expect(note).toHaveValue('Перезвонить');
  await expect(input).toHaveValue('Дойдёт один раз');
  await input.press('Enter');
  await expect(input).toHaveValue('');
  const bubble = page.locator('article[data-direction="out"]', { hasText: 'Дойдёт один раз' });
  await expect(bubble.getByRole('img', { name: 'Прочитано' })).toBeVisible();
  expect(await sentTexts(alfa, VERA)).toEqual(['Дойдёт один раз']);
  // Left by a key, not by a press elsewhere.
  await note.focus();
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/contact=/);
  await expect.poll(() => alfa.call('GET', `/api/contacts/${VERA}`)).toMatchObject({ notes: 'Перезвонить' });
  // What the server has is begun no more: a colleague's note is not hidden by it.
  await alfa.call('PUT', `/api/contacts/${VERA}`, { notes: 'Уже перезвонили' });
  await page.goto(`/admin/inbox?contact=${VERA}`);
  await expect(note).toHaveValue('Уже перезвонили');
});

test.describe('when the server is away', () => {
  test.use({ excused: /Failed to load resource|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|net::ERR/ });

  test('the person is told, loses nothing, and goes on', async ({ page, alfa }) => {
    await write(alfa, [VERA]);
    await page.goto(`/admin/inbox?contact=${VERA}`);
    const input = page.getByRole('textbox', { name: 'Сообщение' });
    await input.fill('Пишу без связи');
    await alfa.down();
    await expect(page.getByText('Нет связи с сервером, пробуем снова')).toBeVisible();
    await input.press('Enter');
    await expect(page.getByText('Сервер не отвечает')).toBeVisible();
    await expect(input).toHaveValue('Пишу без связи');
    await alfa.up();
    await expect(page.getByText('Нет связи с сервером, пробуем снова')).toBeHidden();
    await input.press('Enter');
    const bubble = page.locator('article[data-direction="out"]', { hasText: 'Пишу без связи' });
    await expect(bubble.getByRole('img', { name: 'Прочитано' })).toBeVisible();
    expect(await sentTexts(alfa, VERA)).toEqual(['Пишу без связи']);
  });
});

test('the contact is tagged, moved in the funnel and noted', async ({ page, alfa }) => {
  await write(alfa, [VERA]);
  await page.goto(`/admin/inbox?contact=${VERA}`);
  const panel = page.getByRole('complementary', { name: 'О человеке' });
  await panel.getByLabel('Метки').fill('важный');
  await panel.getByLabel('Метки').press('Enter');
  await panel.getByRole('combobox', { name: 'Этап воронки' }).click();
  await page.getByRole('option', { name: 'Оставил заявку' }).click();
  await page.keyboard.press('Alt+P');
  await page.keyboard.type('Перезвонить в среду');
  await page.keyboard.press('Alt+L');
  await expect
    .poll(() => alfa.call('GET', `/api/contacts/${VERA}`))
    .toMatchObject({ tags: ['важный'], stage: 'applied', notes: 'Перезвонить в среду' });
  await expect(panel.getByText('оператор').first()).toBeVisible();
});

test('↑ changes the last message, and what was begun stays', async ({ page, alfa }) => {
  await write(alfa, [VERA]);
  await page.goto(`/admin/inbox?contact=${VERA}`);
  const input = page.getByRole('textbox', { name: 'Сообщение' });
  await input.fill('Вера, добрый день!');
  await input.press('Enter');
  const bubble = page.locator('article[data-direction="out"]').last();
  await expect(bubble).toContainText('Вера, добрый день!');
  await expect(bubble.getByRole('img', { name: 'Прочитано' })).toBeVisible();
  await input.press('ArrowUp');
  await expect(input).toHaveValue('Вера, добрый день!');
  await page.keyboard.press('Escape');
  await expect(input).toHaveValue('');
  await expect(page).toHaveURL(/contact=3/);
  await input.press('ArrowUp');
  await input.fill('Вера, добрый вечер!');
  await input.press('Enter');
  await expect(bubble).toContainText('Вера, добрый вечер!');
  await expect(bubble).toContainText('изменено');
  await expect(input).toHaveValue('');
  expect(await sentTexts(alfa, VERA)).toEqual(['Вера, добрый вечер!']);
  // In the middle of a text the key moves the cursor.
  await input.fill('Начатое');
  await input.press('ArrowUp');
  await expect(input).toHaveValue('Начатое');
});

test('the menu counts the dialogs that nobody has read', async ({ page, alfa }) => {
  await page.goto('/admin/campaigns');
  await write(alfa, [ANNA]);
  const counter = page.getByRole('img', { name: '1 непрочитанный диалог' });
  await expect(counter).toBeVisible();
  await page.getByRole('link', { name: /^Диалоги/ }).click();
  await page.getByRole('link', { name: /Анна Белова/ }).click();
  await expect(counter).toBeHidden();
});
