// The list of all subscriptions: what ends, what is frozen, and what is done about it.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import type { Alfa } from './server';
import { choose, openStudio, plusDays, type Studio } from './studio';

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

/** A subscription that runs, one that ends in three days, and one that is over. */
async function sell(alfa: Alfa, studio: Studio) {
  const { id } = await alfa.call<{ id: number }>('POST', '/api/services', {
    name: 'Абонемент 8',
    duration_minutes: 60,
    price_minor: 500_000,
    visits: 8,
    period_days: 30,
  });
  const to = (client_id: number, from: number, until: number, number: string) =>
    alfa.call<{ id: number }>('POST', '/api/subscriptions', {
      client_id,
      service_id: id,
      starts_on: plusDays(studio.today, from),
      ends_on: plusDays(studio.today, until),
      number,
    });
  const annas = await to(studio.anna, -1, 29, 'A-1');
  await alfa.call('PATCH', `/api/subscriptions/${annas.id}`, { visits_left: 0 });
  await to(studio.boris, -20, 3, 'B-1');
  await to(studio.boris, -60, -30, 'B-0');
}

test('subscriptions are found by how they stand, and what ends is prolonged, frozen and sold again', async ({
  page,
  alfa,
}) => {
  const studio = await openStudio(alfa);
  await sell(alfa, studio);
  await page.goto('/admin/clients');
  await page.getByRole('navigation', { name: 'Списки' }).getByRole('link', { name: 'Абонементы' }).click();
  const rows = page.locator('main tbody tr');
  await expect(rows).toHaveCount(3);

  await choose(page, 'Показать', 'Без посещений');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Все 8 использованы');
  await choose(page, 'Показать', 'Закончились');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('№ B-0');
  await choose(page, 'Показать', 'Скоро кончатся');
  await expect(page).toHaveURL(/show=ending/);
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('ещё 3 дня');
  await expect(rows).toContainText(/Долг 5\s000/);
  await page.reload();
  await expect(rows).toHaveCount(1);

  await test.step('to the client and back, with the filter', async () => {
    await rows.getByRole('link', { name: 'Борис Громов' }).click();
    await expect(page.getByRole('heading', { name: 'Борис Громов' })).toBeVisible();
    await page.locator('main').getByRole('link', { name: 'Абонементы' }).click();
    await expect(page).toHaveURL(/subscriptions\?show=ending/);
    await expect(rows).toHaveCount(1);
  });

  await test.step('prolonged, and taken back', async () => {
    await rows.getByRole('button', { name: /^Действия/ }).click();
    await page.getByRole('menuitem', { name: 'Продлить' }).click();
    const window = page.getByRole('dialog', { name: 'Продлить' });
    await expect(window.getByLabel('По день')).toHaveValue(plusDays(studio.today, 10));
    await window.getByRole('button', { name: 'Продлить' }).click();
    await expect(page.getByRole('heading', { name: 'Под этот фильтр ничего не подходит' })).toBeVisible();
    await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
    await expect(rows).toHaveCount(1);
  });

  await test.step('frozen and run again', async () => {
    await rows.getByRole('button', { name: /^Действия/ }).click();
    await page.getByRole('menuitem', { name: 'Заморозить' }).click();
    await page
      .getByRole('dialog', { name: 'Заморозить' })
      .getByRole('button', { name: 'Заморозить' })
      .click();
    await choose(page, 'Показать', 'Заморожены');
    await expect(rows).toContainText('Борис Громов');
    await expect(rows).toContainText('Заморожен');
    await rows.getByRole('button', { name: /^Действия/ }).click();
    await page.getByRole('menuitem', { name: 'Разморозить' }).click();
    await expect(page.getByRole('heading', { name: 'Под этот фильтр ничего не подходит' })).toBeVisible();
  });

  await test.step('sold again from the day after', async () => {
    await choose(page, 'Показать', 'Скоро кончатся');
    await rows.getByRole('button', { name: /^Действия/ }).click();
    await page.getByRole('menuitem', { name: 'Продать ещё раз' }).click();
    const window = page.getByRole('dialog', { name: 'Продать абонемент' });
    await expect(window.getByRole('combobox', { name: 'Какой абонемент' })).toHaveValue('Абонемент 8');
    await expect(window.getByLabel('С дня')).toHaveValue(plusDays(studio.today, 4));
    await window.getByRole('button', { name: 'Продать абонемент' }).click();
    await expect(window).toBeHidden();
    await page.getByRole('button', { name: 'Сбросить', exact: true }).click();
    await expect(row(page, 'Ещё не начался')).toContainText('Борис Громов');
    await expect(rows).toHaveCount(4);
  });
});

test('an empty list says where subscriptions come from', async ({ page }) => {
  await page.goto('/admin/clients/subscriptions');
  await expect(page.getByRole('heading', { name: 'Абонементов пока нет' })).toBeVisible();
  await page.getByRole('link', { name: 'Открыть клиентов' }).click();
  await expect(page.getByRole('heading', { name: 'Клиенты', level: 1 })).toBeVisible();
});
