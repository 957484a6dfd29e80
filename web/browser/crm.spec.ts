// What the people at the desk do: plan a week, book, take money, ask.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import type { Alfa } from './server';
import { choose, drag, mondayOf, openStudio, planByDragging, plusDays, pointAt, YOGA_PRICE } from './studio';

/** Numbers are written with spaces that do not break. */
const roubles = (amount: number) => new RegExp(`^${amount}[\\s\\u00a0\\u202f]*(,00)?[\\s\\u00a0\\u202f]*₽$`);

interface Session {
  id: number;
  starts_at: string;
  seats_taken: number;
}

const sessionsOf = async (alfa: Alfa) =>
  (await alfa.call<{ items: Session[] }>('GET', '/api/schedule/sessions?sort=starts_at')).items;

async function ask(page: Page, question: string) {
  const box = page.getByRole('textbox', { name: 'Вопрос' });
  const answers = page.locator('article[data-role="assistant"]');
  // The talk of before is there together with the box, and not earlier.
  await box.waitFor();
  const before = await answers.count();
  await box.fill(question);
  await page.keyboard.press('Enter');
  await expect(answers).toHaveCount(before + 1);
  return answers.last();
}

/** Books a client in the open panel of a session. */
async function book(page: Page, name: string, button = 'Записать') {
  const panel = page.getByRole('dialog', { name: 'Йога' });
  await panel.getByRole('combobox').fill(name.slice(0, 4));
  await page.getByRole('option', { name }).click();
  await panel.getByRole('button', { name: button, exact: true }).click();
}

test.describe('a week at the desk', () => {
  // The time that is taken is refused on purpose.
  test.use({ excused: /status of 409/ });

  test('a week is planned by dragging, a client is booked and pays, and the figures agree on every page', async ({
    page,
    alfa,
  }) => {
    test.setTimeout(180_000);
    const studio = await openStudio(alfa);
    const monday = mondayOf(studio.today);
    const days = [0, 2, 4].map((offset) => plusDays(monday, offset)).filter((day) => day !== studio.today);

    await test.step('the week is planned', async () => {
      await page.goto('/admin/schedule');
      for (const day of days) await planByDragging(page, day, 12, 13, 'Ирина Лугова');
      await planByDragging(page, studio.today, 18, 19, 'Ирина Лугова');
      await planByDragging(page, studio.today, 15, 16, 'Олег Снегов');
      await expect(page.locator('[data-item^="session-"]')).toHaveCount(days.length + 2);
    });

    const [first] = days;
    await test.step('a session is moved by dragging, and the move is taken back', async () => {
      const session = page.locator(`[data-column="${first}"] [data-item^="session-"]`);
      const from = await pointAt(page, first ?? '', 12.5);
      await drag(page, from, { x: from.x, y: from.y + 2 * 48 });
      await expect(session).toHaveAccessibleName(/14:00–15:00/);
      await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
      await expect(session).toHaveAccessibleName(/12:00–13:00/);
    });

    await test.step('busy time refuses: the session goes back', async () => {
      const before = await sessionsOf(alfa);
      // The hall is taken at 18:00 by the other session of the day.
      await drag(page, await pointAt(page, studio.today, 15.5), await pointAt(page, studio.today, 18.5));
      await expect(page.getByRole('alert').filter({ hasText: 'занят' }).first()).toBeVisible();
      await expect(
        page.locator(`[data-column="${studio.today}"] [data-item^="session-"]`).first(),
      ).toHaveAccessibleName(/15:00–16:00/);
      expect(await sessionsOf(alfa)).toEqual(before);
    });

    await test.step('a client is booked and pays', async () => {
      await page.locator(`[data-column="${studio.today}"]`).getByRole('button', { name: /18:00/ }).click();
      await book(page, 'Анна Белова');
      const panel = page.getByRole('dialog', { name: 'Йога' });
      await expect(panel.getByRole('link', { name: 'Анна Белова' })).toBeVisible();
      await panel.getByRole('button', { name: /^Оплатить 800/ }).click();
      const pay = page.getByRole('dialog', { name: 'Принять платёж' });
      await expect(pay.getByRole('textbox', { name: 'Сумма' })).toHaveValue(/^800/);
      // Pressed twice, paid once.
      await pay.getByRole('button', { name: 'Провести' }).dblclick();
      await expect(pay).toBeHidden();
      await expect(panel.getByText('Оплачено')).toBeVisible();
      await expect(panel.getByText('Занято 1 из 2')).toBeVisible();
    });

    await test.step('the dashboard says the same', async () => {
      await page.goto('/admin/dashboard');
      const tile = (name: string) => page.locator(`[data-tile="${name}"] [data-value]`);
      await expect(tile('clients')).toHaveText('2');
      await expect(tile('bookings')).toHaveText('1');
      for (const name of ['revenue-today', 'revenue-week', 'revenue-month'])
        await expect(tile(name)).toHaveText(roubles(YOGA_PRICE));
    });

    await test.step('the payments say the same', async () => {
      await page.goto('/admin/payments');
      await expect(page.locator(`[data-day="${studio.today}"]`)).toHaveText(roubles(YOGA_PRICE));
      await expect(page.getByRole('row').filter({ hasText: 'Анна Белова' })).toHaveCount(1);
    });

    await test.step('the client’s card says the same', async () => {
      await page.goto('/admin/clients');
      await page.getByRole('link', { name: 'Анна Белова' }).click();
      await expect(page.locator('dl dd', { hasText: roubles(YOGA_PRICE) })).toBeVisible();
      await expect(page.locator('[data-debt]')).toHaveCount(0);
      await expect(page.getByRole('article', { name: 'Йога' }).getByText('Оплачено')).toBeVisible();
    });

    await test.step('the assistant says the same', async () => {
      await page.goto('/admin/assistant');
      const bookings = await ask(page, 'Сколько записей на сегодня?');
      await expect(bookings.locator('[data-figure="bookings"] dd')).toHaveText('1');
      const revenue = await ask(page, 'Какая выручка сегодня?');
      await expect(revenue.locator('[data-figure="revenue"] dd')).toHaveText(roubles(YOGA_PRICE));
      const clients = await ask(page, 'Сколько клиентов в базе?');
      await expect(clients).toContainText('2');
    });

    await test.step('a part is given back, and it is told everywhere', async () => {
      await page.goto('/admin/payments');
      await page.getByRole('button', { name: /^Действия с платежом/ }).click();
      await page.getByRole('menuitem', { name: 'Вернуть деньги' }).click();
      const refund = page.getByRole('dialog', { name: 'Возврат денег' });
      const amount = refund.getByRole('textbox', { name: 'Сумма' });
      // Nothing is cut of what is no amount: 1e2 would be 12, or 100.
      await amount.fill('1e2');
      await refund.getByRole('button', { name: 'Вернуть деньги' }).click();
      await expect(amount).toHaveAttribute('aria-invalid', 'true');
      await expect(refund.getByText('Не получается прочитать сумму')).toBeVisible();
      await amount.fill('300,00');
      await refund.getByRole('button', { name: 'Вернуть деньги' }).click();
      await expect(page.locator(`[data-day="${studio.today}"]`)).toHaveText(roubles(500));
      await page.goto('/admin/dashboard');
      await expect(page.locator('[data-tile="revenue-today"] [data-value]')).toHaveText(roubles(500));
      await page.goto('/admin/assistant');
      const revenue = await ask(page, 'Какая выручка сегодня?');
      await expect(revenue.locator('[data-figure="revenue"] dd')).toHaveText(roubles(500));
    });
  });
});

test('a full session has a waiting list, and a freed seat goes to the first who waits', async ({
  page,
  alfa,
}) => {
  const studio = await openStudio(alfa);
  const day = plusDays(studio.today, 1);
  await alfa.call('POST', '/api/schedule/sessions', {
    service_id: studio.yoga,
    starts_at: `${day}T12:00:00Z`,
    capacity: 1,
  });
  await page.goto(`/admin/schedule?day="${day}"&session=1`);
  const panel = page.getByRole('dialog', { name: 'Йога' });
  await book(page, 'Анна Белова');
  await expect(panel.getByText('Занято 1 из 1')).toBeVisible();
  await book(page, 'Борис Громов', 'В лист ожидания');
  await expect(panel.getByRole('heading', { name: 'Ждут места' })).toBeVisible();
  await panel.getByRole('button', { name: 'Действия: Анна Белова' }).click();
  await page.getByRole('menuitem', { name: 'Отменить запись' }).click();
  await page
    .getByRole('dialog', { name: 'Отменить запись' })
    .getByRole('button', { name: 'Отменить запись' })
    .click();
  await expect(panel.getByRole('heading', { name: 'Ждут места' })).toBeHidden();
  await expect(panel.getByRole('link', { name: 'Борис Громов' })).toBeVisible();
});

test('an empty studio leads to the catalogue, and is filled there', async ({ page, alfa }) => {
  await page.goto('/admin/schedule');
  await page.getByRole('link', { name: 'Открыть каталог' }).click();
  await page.getByRole('button', { name: 'Новая услуга' }).first().click();
  const service = page.getByRole('dialog', { name: 'Новая услуга' });
  await service.getByRole('textbox', { name: 'Название' }).fill('Пилатес');
  await service.getByRole('textbox', { name: 'Цена' }).fill('950,50');
  await service.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByRole('button', { name: 'Пилатес' })).toBeVisible();
  await page.getByRole('tab', { name: 'Тренеры и сотрудники' }).click();
  await page.getByRole('button', { name: 'Новый сотрудник' }).first().click();
  const member = page.getByRole('dialog', { name: 'Новый сотрудник' });
  await member.getByRole('textbox', { name: 'Имя' }).fill('Ирина Лугова');
  await member.getByRole('button', { name: 'Добавить часы' }).click();
  await member.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByRole('button', { name: 'Ирина Лугова' })).toBeVisible();
  const { items: services } = await alfa.call<{ items: unknown[] }>('GET', '/api/services');
  expect(services).toMatchObject([{ name: 'Пилатес', price: { minor: 95050 } }]);
  const { items: staff } = await alfa.call<{ items: unknown[] }>('GET', '/api/staff');
  expect(staff).toMatchObject([{ hours: [{ weekday: 1, from_minute: 540, to_minute: 1080 }] }]);
});

test('a desk is booked in the day of the places and moved to another hour', async ({ page, alfa }) => {
  const studio = await openStudio(alfa);
  const day = plusDays(studio.today, 1);
  await page.goto(`/admin/schedule?view=day&by=place&day="${day}"`);
  const column = String(studio.desk);
  await drag(page, await pointAt(page, column, 10), await pointAt(page, column, 12));
  const dialog = page.getByRole('dialog', { name: 'Новая бронь' });
  await dialog.getByRole('combobox', { name: 'Клиент' }).fill('Анна');
  await page.getByRole('option', { name: 'Анна Белова' }).click();
  await dialog.getByRole('button', { name: 'Записать' }).click();
  const booking = page.locator('[data-item^="booking-"]');
  await expect(booking).toHaveAccessibleName(/10:00–12:00/);
  const from = await pointAt(page, column, 11);
  await drag(page, from, { x: from.x, y: from.y + 3 * 48 });
  await expect(booking).toHaveAccessibleName(/13:00–15:00/);
  const kept = async () =>
    (await alfa.call<{ items: object[] }>('GET', `/api/schedule/bookings?place_id=${studio.desk}`)).items;
  await expect.poll(kept).toMatchObject([{ starts_at: `${day}T10:00:00.000Z`, price: { minor: 40_000 } }]);
});

test('clients are filtered, changed with a way back, and taken in from a file with its wrong rows told', async ({
  page,
  alfa,
}) => {
  await openStudio(alfa);
  await page.goto('/admin/clients');
  await page.getByRole('button', { name: 'Файл' }).click();
  await page.getByRole('menuitem', { name: 'Загрузить из файла' }).click();
  const dialog = page.getByRole('dialog', { name: 'Загрузить из файла' });
  const rows =
    'имя,телефон,статус,источник\nВера Зимина,+79991110003,active,Сайт\nГлеб Котов,+79991110004,странный,\n';
  await dialog
    .locator('input[type="file"]')
    .setInputFiles({ name: 'clients.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) });
  await expect(dialog.getByText('Добавится: 1')).toBeVisible();
  await expect(dialog.getByRole('cell', { name: '3', exact: true })).toBeVisible();
  // Looked at only: nobody was added.
  expect((await alfa.call<{ total: number }>('GET', '/api/clients')).total).toBe(2);
  await dialog.getByRole('button', { name: 'Загрузить 1 строку' }).click();
  await expect(dialog.getByText('Добавлено: 1')).toBeVisible();
  await dialog.getByRole('button', { name: 'Закрыть' }).last().click();

  const names = page.locator('main table a[href*="/clients/"]');
  await expect(names).toHaveCount(3);
  await choose(page, 'Статус', 'Активный');
  await expect(names).toHaveText(['Вера Зимина']);
  await expect(page).toHaveURL(/status=active/);
  await page.getByRole('button', { name: 'Сбросить', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Поиск' }).fill('Борис');
  await expect(names).toHaveText(['Борис Громов']);

  await names.first().click();
  await page.getByRole('heading', { name: 'Борис Громов' }).waitFor();
  await page.keyboard.press('e');
  const edit = page.getByRole('dialog', { name: 'Изменить' });
  await edit.getByRole('textbox', { name: 'Противопоказания' }).fill('Колено');
  await edit.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Колено' })).toBeVisible();
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect(page.getByText('Колено')).toBeHidden();
});

test('the schedule is made with the keyboard alone', async ({ page, alfa }) => {
  const studio = await openStudio(alfa);
  await page.goto('/admin/schedule');
  await page.getByRole('heading', { name: 'Расписание' }).waitFor();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press('n');
  const dialog = page.getByRole('dialog', { name: 'Новое занятие' });
  await expect(dialog.getByRole('combobox', { name: 'Услуга' })).toBeFocused();
  await page.keyboard.type('Йога');
  await expect(page.getByRole('option', { name: 'Йога' })).toBeVisible();
  await press('ArrowDown', 'Enter');
  await expect(dialog.getByRole('combobox', { name: 'Услуга' })).toHaveValue('Йога');
  await dialog.getByRole('button', { name: 'Создать занятие' }).focus();
  await press('Enter');
  const session = page.locator('[data-item^="session-"]');
  await expect(session).toHaveAccessibleName(/10:00–11:00/);
  await session.focus();
  await press('Enter');
  const panel = page.getByRole('dialog', { name: 'Йога' });
  await panel.getByRole('button', { name: 'Изменить или перенести' }).focus();
  await press('Enter');
  const edit = page.getByRole('dialog', { name: 'Изменить или перенести' });
  await edit.locator('input[type="time"]').first().fill('11:00');
  await edit.locator('input[type="time"]').last().fill('12:30');
  await edit.getByRole('button', { name: 'Сохранить' }).focus();
  await press('Enter');
  await expect(edit).toBeHidden();
  await press('Escape');
  // A window that is still closing keeps the keys for itself.
  await expect(panel).toBeHidden();
  await expect(session).toHaveAccessibleName(/11:00–12:30/);
  await press('ArrowRight');
  await expect(page).toHaveURL(new RegExp(plusDays(studio.today, 7)));
  await expect(session).toHaveCount(0);
});

test('a subscription is sold, used for a visit and frozen', async ({ page, alfa }) => {
  const studio = await openStudio(alfa);
  await alfa.call('POST', '/api/services', {
    name: 'Абонемент 8',
    direction: 'fitness',
    duration_minutes: 60,
    price_minor: 500_000,
    visits: 8,
    period_days: 30,
  });
  const day = plusDays(studio.today, 1);
  await alfa.call('POST', '/api/schedule/sessions', {
    service_id: studio.yoga,
    starts_at: `${day}T12:00:00Z`,
  });
  await page.goto(`/admin/clients/${studio.anna}`);
  await page.getByRole('button', { name: 'Продать абонемент' }).click();
  await choose(page, 'Какой абонемент', 'Абонемент 8');
  await page
    .getByRole('dialog', { name: 'Продать абонемент' })
    .getByRole('button', { name: 'Продать абонемент' })
    .click();
  const sold = page.getByRole('article', { name: 'Абонемент 8' });
  await expect(sold.getByText('Осталось 8 из 8')).toBeVisible();
  await page.goto(`/admin/schedule?day="${day}"&session=1`);
  const panel = page.getByRole('dialog', { name: 'Йога' });
  await panel.getByRole('combobox').fill('Анна');
  await page.getByRole('option', { name: 'Анна Белова' }).click();
  await panel.getByRole('checkbox', { name: 'Списать посещение с абонемента' }).check();
  await panel.getByRole('button', { name: 'Записать', exact: true }).click();
  await expect(panel.getByText('по абонементу')).toBeVisible();
  await page.goto(`/admin/clients/${studio.anna}`);
  await expect(sold.getByText('Осталось 7 из 8')).toBeVisible();
  await sold.getByRole('button', { name: 'Действия: Абонемент 8' }).click();
  await page.getByRole('menuitem', { name: 'Заморозить' }).click();
  await page.getByRole('dialog', { name: 'Заморозить' }).getByRole('button', { name: 'Заморозить' }).click();
  await expect(sold.getByText('Заморожен', { exact: true })).toBeVisible();
});

test('the talk with the assistant goes on after a reload and understands what was said before', async ({
  page,
  alfa,
}) => {
  await openStudio(alfa);
  await page.goto('/admin/assistant');
  await page.getByRole('button', { name: 'Как дела сегодня?' }).click();
  const first = page.locator('article[data-role="assistant"]').first();
  await expect(first.locator('[data-figure="total_clients"] dd')).toHaveText('2');
  await expect(first.getByText('Ответил встроенный движок')).toBeVisible();
  await first.getByRole('button', { name: 'Откуда цифры' }).click();
  await expect(first.getByText('business_snapshot')).toBeVisible();
  await ask(page, 'Сколько записей на сегодня?');
  await page.reload();
  await expect(page.locator('article[data-role="assistant"]')).toHaveCount(2);
  const follow = await ask(page, 'а за вчера?');
  await expect(follow.locator('[data-figure="bookings"] dd')).toHaveText('0');
  await page.getByRole('button', { name: 'Начать заново' }).click();
  await expect(page.getByRole('heading', { name: 'О чём рассказать?' })).toBeVisible();
});

test('the assistant says what it can not answer, and a question can be stopped', async ({ page, alfa }) => {
  await openStudio(alfa);
  await page.goto('/admin/assistant');
  const nonsense = await ask(page, 'Какая завтра погода на Марсе?');
  await expect(nonsense).toContainText(/могу|умею|знаю/i);
  await expect(nonsense.locator('[data-figure]')).toHaveCount(0);
  // An answer that does not come: the person stops waiting and asks once more.
  await page.route('**/api/ai-assistant/chat*', () => {}, { times: 1 });
  await page.getByRole('textbox', { name: 'Вопрос' }).fill('Сколько клиентов в базе?');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Смотрю в данные…')).toBeVisible();
  await page.getByRole('button', { name: 'Остановить ответ' }).click();
  await expect(page.getByText('Ответ остановлен.')).toBeVisible();
  await page.getByRole('button', { name: 'Попробовать снова' }).click();
  await expect(page.locator('article[data-role="assistant"]').last()).toContainText('2');
  await expect(page.getByText('Ответ остановлен.')).toBeHidden();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the day is a list, a session is made in a form and a client is booked', async ({ page, alfa }) => {
    await openStudio(alfa);
    await page.goto('/admin/schedule');
    await page.getByRole('button', { name: 'Добавить' }).click();
    const dialog = page.getByRole('dialog', { name: 'Новое занятие' });
    await choose(page, 'Услуга', 'Йога');
    await dialog.locator('input[type="time"]').first().fill('21:00');
    await dialog.locator('input[type="time"]').last().fill('22:00');
    await dialog.getByRole('button', { name: 'Создать занятие' }).click();
    await page.getByRole('button', { name: /Йога/ }).click();
    await book(page, 'Борис Громов');
    await expect(page.getByRole('link', { name: 'Борис Громов' })).toBeVisible();
  });
});
