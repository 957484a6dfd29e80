// The main job and what one does with campaigns, all in the browser.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { PEOPLE } from './people';
import type { Alfa } from './server';

/** Uploads the people by the page of the uploader. */
async function upload(page: Page) {
  await page.getByRole('link', { name: 'Загрузить контакты' }).first().click();
  const file = { name: 'contacts.csv', mimeType: 'text/csv', buffer: Buffer.from(PEOPLE) };
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByRole('button', { name: 'Проверить файл' }).click();
  await page.getByRole('button', { name: /Загрузить 4 контакта/ }).click();
  await expect(page.getByText('Контакты загружены.')).toBeVisible();
  await page.getByRole('link', { name: 'Вернуться к кампании' }).click();
}

/** Goes through the wizard up to its last step. */
async function plan(page: Page, name: string) {
  await page.getByRole('link', { name: 'Новая кампания' }).first().click();
  await page.getByLabel('Название кампании').fill(name);
  await page.getByRole('radio', { name: 'Кредитная карта' }).click();
  await page.getByRole('button', { name: 'Далее' }).click();
  await expect(page.getByText('Получат 4 человека')).toBeVisible();
  await page.getByRole('button', { name: 'Далее' }).click();
  await page.getByRole('button', { name: /Показать черновики/ }).click();
  await expect(page.getByRole('article', { name: 'Анна Белова' })).toContainText('Анна');
  await page.getByRole('button', { name: 'Далее' }).click();
  await expect(page.getByText(/Последнее из 4 сообщений уйдёт/)).toBeVisible();
  await page.getByRole('button', { name: 'Далее' }).click();
}

/** From an empty database to an answered objection and a stopped conversation. */
async function mainJob(page: Page) {
  await page.goto('/admin/campaigns');
  await expect(page.getByRole('heading', { name: 'Кампаний пока нет' })).toBeVisible();
  await upload(page);
  await plan(page, 'Осенние карты');
  await page.getByRole('radio', { name: /Отправлять сразу/ }).check();
  await page.getByRole('button', { name: 'Запустить', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Осенние карты' })).toBeVisible();
  await expect(page.getByText('Завершена', { exact: true }).first()).toBeVisible({ timeout: 60_000 });

  await page.getByRole('link', { name: 'Диалоги' }).filter({ visible: true }).click();
  await page.getByRole('link', { name: /Анна Белова/ }).click();
  await expect(page.locator('article[data-direction="in"]').first()).toContainText('пользуюсь');
  await expect(page.locator('article[data-direction="out"]')).not.toHaveCount(1);
  await page.goto('/admin/inbox');
  await page.getByRole('link', { name: /Борис Громов/ }).click();
  await expect(page.getByText('Человек просил не писать. Alfa ему больше не пишет.')).toBeVisible();
}

test('the main job, from an empty database to an answered objection and a stopped conversation', async ({
  page,
}) => {
  await mainJob(page);
  await page.goto('/admin/campaigns/1?part=people');
  await expect(page.getByRole('link', { name: 'Борис Громов' })).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('the main job', async ({ page }) => {
    await mainJob(page);
  });

  test('what a plan lacks comes into sight', async ({ page }) => {
    await page.goto('/admin/campaigns/new');
    await expect(page.getByRole('radio', { name: 'Кредитная карта' })).toBeVisible();
    const next = page.getByRole('button', { name: 'Далее' });
    await next.click();
    await expect(page.getByText('Назовите кампанию')).toBeInViewport();
    await page.getByLabel('Название кампании').fill('Карты');
    await next.click();
    await expect(page.getByText('Выберите продукт')).toBeInViewport();
  });
});

const make = (alfa: Alfa, more: Record<string, unknown>) =>
  alfa.call<{ id: number }>('POST', '/api/campaigns/create', {
    name: 'Карты',
    product_id: 1,
    contact_ids: [1, 2, 3, 4],
    ...more,
  });

test('a campaign is paused, resumed, and a cancel is taken back', async ({ page, alfa }) => {
  await alfa.contacts(PEOPLE);
  await make(alfa, {});
  await alfa.call('POST', '/api/campaigns/1/initiate-dialogs', { delay_between_messages: 600 });
  const row = page.getByRole('article', { name: 'Карты' });
  await page.goto('/admin/campaigns');
  await expect(row.getByText('отправлено 1', { exact: true })).toBeVisible();
  await row.getByRole('button', { name: 'Пауза' }).click();
  await expect(row.getByText('На паузе')).toBeVisible();
  await row.getByRole('button', { name: 'Продолжить' }).click();
  await expect(row.getByText('Идёт')).toBeVisible();
  await row.getByRole('button', { name: 'Действия: Карты' }).click();
  await page.getByRole('menuitem', { name: 'Отменить кампанию' }).click();
  await expect(row.getByText('На паузе')).toBeVisible();
  await page
    .getByRole('alert')
    .filter({ hasText: 'отменяется' })
    .getByRole('button', { name: 'Вернуть' })
    .click();
  await expect(row.getByText('Идёт')).toBeVisible();
  await row.getByRole('button', { name: 'Действия: Карты' }).click();
  await page.getByRole('menuitem', { name: 'Отменить кампанию' }).click();
  await expect(row.getByText('Отменена')).toBeVisible();
  expect(await alfa.call('GET', '/api/campaigns/1/stats')).toMatchObject({ sent: 1, status: 'cancelled' });
});

test('a draft made by a double click is one, and its deletion is taken back', async ({ page, alfa }) => {
  await alfa.contacts(PEOPLE);
  await page.goto('/admin/campaigns');
  await plan(page, 'Не сейчас');
  await page.getByRole('button', { name: 'Сохранить черновик' }).dblclick();
  await expect(page.getByRole('heading', { name: 'Не сейчас' })).toBeVisible();
  const total = async () => (await alfa.call<{ total: number }>('GET', '/api/campaigns')).total;
  expect(await total()).toBe(1);
  const remove = async () => {
    await page.getByRole('button', { name: 'Действия: Не сейчас' }).click();
    await page.getByRole('menuitem', { name: 'Удалить черновик' }).click();
    await expect(page.getByRole('heading', { name: 'Кампаний пока нет' })).toBeVisible();
  };
  await remove();
  await page.getByRole('alert').getByRole('button', { name: 'Вернуть' }).click();
  await expect(page.getByRole('article', { name: 'Не сейчас' })).toBeVisible();
  expect(await total()).toBe(1);
  await remove();
  await expect.poll(total).toBe(0);
  await expect(page.getByRole('heading', { name: 'Кампаний пока нет' })).toBeVisible();
});

test('a campaign for later keeps the pace that was chosen', async ({ page, alfa }) => {
  await alfa.contacts(PEOPLE);
  await page.goto('/admin/campaigns');
  await plan(page, 'Позже');
  await page.getByRole('button', { name: 'Назад' }).click();
  await page.getByLabel('Начать позже').check();
  await page.getByLabel('Сообщений подряд').fill('3');
  await page.getByLabel('Секунд между сообщениями').fill('40');
  await page.getByRole('button', { name: 'Далее' }).click();
  await page.getByRole('button', { name: 'Запланировать' }).click();
  await expect(page.getByText('Запланирована', { exact: true })).toBeVisible();
  expect(await alfa.call('GET', '/api/campaigns/1')).toMatchObject({
    status: 'scheduled',
    batch_size: 3,
    delay_between_messages: 40,
  });
});

test('drafts are changed, rejected and let out', async ({ page, alfa }) => {
  await alfa.contacts(PEOPLE);
  await make(alfa, { approval: 'manual' });
  await alfa.call('POST', '/api/campaigns/1/initiate-dialogs', {});
  await page.goto('/admin/campaigns/1?part=drafts');
  await expect(page.getByText('Ждут проверки 4 черновика')).toBeVisible({ timeout: 60_000 });
  const draft = (name: string) => page.getByRole('article', { name });

  await draft('Вера Зимина').getByRole('button', { name: 'Изменить' }).click();
  await page.getByLabel('Сообщение: Вера Зимина').fill('Вера, добрый день! Кэшбэк 99 % навсегда.');
  await expect(draft('Вера Зимина').getByText('Проверка: этого нет в базе знаний')).toBeVisible();
  await page.getByLabel('Сообщение: Вера Зимина').fill('Вера, добрый день! Расскажу о карте?');
  await expect(draft('Вера Зимина').getByText('Проверка: этого нет в базе знаний')).toBeHidden();
  await draft('Вера Зимина').getByRole('button', { name: 'Сохранить' }).click();
  await expect(draft('Вера Зимина')).toContainText('Расскажу о карте?');
  await draft('Вера Зимина').getByRole('button', { name: 'Одобрить' }).click();
  await expect(draft('Вера Зимина')).toBeHidden();

  await draft('Глеб Котов').getByRole('button', { name: 'Отклонить' }).click();
  await page.getByRole('alert').getByRole('button', { name: 'Вернуть' }).click();
  await expect(draft('Глеб Котов')).toBeVisible();
  await draft('Глеб Котов').getByRole('button', { name: 'Отклонить' }).click();
  const waiting = async () => (await alfa.call<{ total: number }>('GET', '/api/campaigns/1/drafts')).total;
  await expect.poll(waiting).toBe(2);

  await page.getByRole('button', { name: /Одобрить все/ }).click();
  await expect(page.getByRole('heading', { name: 'Все черновики проверены' })).toBeVisible();
  const stats = () => alfa.call('GET', '/api/campaigns/1/stats');
  await expect.poll(stats, { timeout: 60_000 }).toMatchObject({ sent: 3, status: 'completed' });
  const history = await alfa.call<{ items: { text: string }[] }>('GET', '/api/messages/history?contact_id=3');
  expect(history.items[0]?.text).toContain('Расскажу о карте?');
});

test('what was begun can be put away and given back', async ({ page, alfa }) => {
  await alfa.contacts(PEOPLE);
  await page.goto('/admin/campaigns/new');
  const name = page.getByLabel('Название кампании');
  const anew = page.getByRole('button', { name: 'Начать заново' });
  await expect(name).toBeVisible();
  await expect(anew).toBeHidden();
  await name.fill('Прошлогодняя');
  await page.getByRole('radio', { name: 'Кредитная карта' }).click();
  await page.goto('/admin/campaigns/new');
  await expect(name).toHaveValue('Прошлогодняя');
  await anew.click();
  await expect(name).toHaveValue('');
  await page.getByRole('alert').getByRole('button', { name: 'Вернуть' }).click();
  await expect(name).toHaveValue('Прошлогодняя');
  await anew.click();
  await expect(name).toHaveValue('');
  await page.reload();
  await expect(name).toHaveValue('');
});

test('numbers are typed digit by digit, and none is put in its place meanwhile', async ({ page, alfa }) => {
  await alfa.contacts(PEOPLE);
  await page.goto('/admin/campaigns');
  await plan(page, 'По цифре');
  await page.getByRole('button', { name: 'Назад' }).click();
  const batch = page.getByLabel('Сообщений подряд');
  await batch.press('End');
  await batch.press('Backspace');
  await batch.press('Backspace');
  await batch.press('3');
  await expect(batch).toHaveValue('3');
  // One second is too fast; fifteen are not, and begin with it.
  await page.getByLabel('Секунд между сообщениями').pressSequentially('15', { delay: 600 });
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByRole('button', { name: 'Далее' }).click();
  await page.getByRole('button', { name: 'Сохранить черновик' }).click();
  await expect(page.getByRole('heading', { name: 'По цифре' })).toBeVisible();
  expect(await alfa.call('GET', '/api/campaigns/1')).toMatchObject({
    batch_size: 3,
    delay_between_messages: 15,
  });
});

test('drafts are gone through by keyboard, and a change that was begun outlives a reload', async ({
  page,
  alfa,
}) => {
  await alfa.contacts(PEOPLE);
  await make(alfa, { approval: 'manual' });
  await alfa.call('POST', '/api/campaigns/1/initiate-dialogs', {});
  await page.goto('/admin/campaigns/1?part=drafts');
  await expect(page.getByText('Ждут проверки 4 черновика')).toBeVisible({ timeout: 60_000 });
  const draft = (name: string) => page.getByRole('article', { name });
  const text = page.getByLabel('Сообщение: Борис Громов');
  await draft('Анна Белова').getByRole('button', { name: 'Одобрить' }).press('Enter');
  await expect(draft('Анна Белова')).toBeHidden();
  await expect(draft('Борис Громов')).toBeFocused();
  await draft('Борис Громов').getByRole('button', { name: 'Изменить' }).press('Enter');
  await expect(text).toBeFocused();
  await text.fill('Борис, добрый день! Рассказать о карте?');
  await page.reload();
  await expect(text).toHaveValue('Борис, добрый день! Рассказать о карте?');
  await draft('Борис Громов').getByRole('button', { name: 'Сохранить' }).press('Enter');
  await expect(draft('Борис Громов')).toContainText('Рассказать о карте?');
  await expect(draft('Борис Громов')).toBeFocused();
  await page.reload();
  await expect(draft('Борис Громов')).toContainText('Рассказать о карте?');
  await expect(text).toBeHidden();
});

test.describe('what the server refuses', () => {
  test.use({ excused: /status of 422/ });

  test('a plan says what it lacks, survives a reload, and a wrong placeholder is refused in words', async ({
    page,
    alfa,
  }) => {
    await alfa.contacts(PEOPLE);
    await page.goto('/admin/campaigns/new');
    await page.getByRole('button', { name: 'Далее' }).click();
    await expect(page.getByText('Назовите кампанию')).toBeVisible();
    await page.getByLabel('Название кампании').fill('Черновик');
    await page.getByRole('radio', { name: 'Кредитная карта' }).click();
    await page.reload();
    await expect(page.getByLabel('Название кампании')).toHaveValue('Черновик');
    await page.getByRole('button', { name: 'Далее' }).click();
    await page.getByRole('button', { name: 'Далее' }).click();
    await page.getByText('Мой текст').click();
    await page.getByLabel('Текст', { exact: true }).fill('Привет, {{nickname}}!');
    await page.getByRole('button', { name: 'Далее' }).click();
    await page.getByRole('button', { name: 'Далее' }).click();
    await page.getByRole('button', { name: 'Сохранить черновик' }).click();
    await expect(page.getByRole('alert')).toContainText('nickname');
    expect(await alfa.call('GET', '/api/campaigns')).toMatchObject({ total: 0 });
  });
});

test('a campaign is made and started with the keyboard alone', async ({ page, alfa }) => {
  await alfa.contacts(PEOPLE);
  await page.goto('/admin/campaigns');
  await expect(page.getByRole('heading', { name: 'Кампаний пока нет' })).toBeVisible();
  /** Walks with Tab until what is focused has this name. */
  const tabTo = async (name: RegExp) => {
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
        return element?.getAttribute('aria-label') || label || element?.textContent || '';
      });
      if (name.test(focused)) return;
    }
    throw new Error(`nothing named ${name} is reached by Tab`);
  };
  await tabTo(/^Новая кампания$/);
  await page.keyboard.press('Enter');
  // A person looks at the page before the next key; what is not there yet is not reached.
  await expect(page.getByRole('radio', { name: 'Кредитная карта' })).toBeVisible();
  await tabTo(/^Название кампании/);
  await page.keyboard.type('С клавиатуры');
  await tabTo(/^Кредитная карта/);
  await page.keyboard.press('Space');
  for (const next of ['Кому писать', 'Что писать', 'Как быстро', 'Проверьте и запустите']) {
    await tabTo(/^Далее$/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: next })).toBeVisible();
  }
  await tabTo(/^Запустить и проверить черновики$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'С клавиатуры' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Одобрить все (4)' })).toBeVisible({ timeout: 60_000 });
  await tabTo(/^Одобрить все/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Все черновики проверены' })).toBeVisible();
});
