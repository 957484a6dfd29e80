// What the schedule refuses names what is in the way and leads there; two cards of one client become one.
import { expect, test } from './fixtures';
import { choose, drag, openStudio, plusDays, pointAt } from './studio';

/** The business's clock is so far before UTC. */
const MOSCOW_HOURS = 3;

// Busy time is refused on purpose.
test.use({ excused: /status of 409/ });

test('what takes the time is named and opened, after a drag and in the form', async ({ page, alfa }) => {
  const studio = await openStudio(alfa);
  const day = plusDays(studio.today, 1);
  const session = (hour: number, staff_id: number) =>
    alfa.call('POST', '/api/schedule/sessions', {
      service_id: studio.yoga,
      staff_id,
      place_id: studio.hall,
      starts_at: `${day}T${String(hour - MOSCOW_HOURS).padStart(2, '0')}:00:00Z`,
    });
  await session(12, studio.oleg);
  await session(15, studio.irina);
  await page.goto(`/admin/schedule?view=day&by=place&day="${day}"`);
  const column = String(studio.hall);
  const way = page.getByRole('button', { name: 'Показать, что мешает' });
  const panel = page.getByRole('dialog', { name: 'Йога' });

  await test.step('a drag', async () => {
    await drag(page, await pointAt(page, column, 12.5), await pointAt(page, column, 15.5));
    const told = page.getByRole('alert').filter({ hasText: 'Большой зал' });
    await expect(told).toContainText('занято до 16:00');
    await way.click();
    await expect(told).toBeHidden();
    await expect(panel.getByText('15:00–16:00')).toBeVisible();
    await expect(panel.getByText('Ирина Лугова')).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('a form', async () => {
    await page.getByRole('button', { name: 'Добавить' }).click();
    const form = page.getByRole('dialog', { name: 'Новое занятие' });
    await choose(page, 'Услуга', 'Йога');
    await form.locator('input[type="time"]').first().fill('12:30');
    await form.locator('input[type="time"]').last().fill('13:30');
    await choose(page, 'Тренер', 'Олег Снегов');
    await form.getByRole('button', { name: 'Создать занятие' }).click();
    const refused = form.getByRole('alert');
    await expect(refused).toContainText('Олег Снегов до 13:00 ведёт занятие «Йога»');
    await refused.getByRole('link', { name: 'Показать, что мешает' }).click();
    await expect(form).toBeHidden();
    await expect(panel.getByText('12:00–13:00')).toBeVisible();
  });
});

test('payments stand by their day with those still to come first, and what is found is summed', async ({
  page,
  alfa,
}) => {
  const studio = await openStudio(alfa);
  const pay = (amount_minor: number, more: object) =>
    alfa.call<{ id: number }>('POST', '/api/payments', {
      client_id: studio.anna,
      amount_minor,
      method: 'cash',
      ...more,
    });
  await pay(30_000, { status: 'pending' });
  // Recorded later than it was paid: it stands at its day, and not at the top.
  const { id } = await pay(100_000, {});
  await pay(50_000, { paid_at: `${plusDays(studio.today, -3)}T10:00:00Z`, method: 'card' });
  await alfa.call('POST', `/api/payments/${id}/refund`, { amount_minor: 20_000 });
  await page.goto('/admin/payments');
  const rows = page.locator('main tbody tr');
  await expect(rows).toHaveCount(4);
  await expect(rows.first()).toContainText('Ожидает');
  await expect(rows.last()).toContainText('Карта');
  const sums = page.locator('[data-sums]');
  await expect(sums).toContainText(/Итого 1\s300\s₽/);
  await expect(sums).toContainText(/пришло 1\s500\s₽/);
  await expect(sums).toContainText(/возвращено 200\s₽/);
  await expect(sums).toContainText(/ещё ждём 300\s₽/);
  await choose(page, 'Способ', 'Карта');
  await expect(rows).toHaveCount(1);
  await expect(sums).toHaveText(/^Итого 500\s₽$/);

  await test.step('the money that came leaves the list of what is awaited, and that is told', async () => {
    await page.goto('/admin/payments?status=pending');
    await rows.getByRole('button', { name: /^Действия с платежом/ }).click();
    await page.getByRole('menuitem', { name: 'Деньги пришли' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Отмечено: Проведён' })).toBeVisible();
    await expect(rows).toHaveCount(0);
  });
});

test('two cards of one client become one, with what both have paid', async ({ page, alfa }) => {
  const studio = await openStudio(alfa);
  const contactOf = async (id: number) =>
    (await alfa.call<{ contact_id: number }>('GET', `/api/clients/${id}`)).contact_id;
  const [anna, boris] = [await contactOf(studio.anna), await contactOf(studio.boris)];
  for (const client_id of [studio.anna, studio.boris])
    await alfa.call('POST', '/api/payments', { client_id, amount_minor: 100_000, method: 'cash' });
  await page.goto(`/admin/contacts/${anna}`);
  await page.getByRole('button', { name: 'Ещё', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Объединить с другим…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Объединить две записи' });
  await dialog.getByRole('searchbox').fill('Борис');
  await dialog.getByRole('button', { name: 'Сравнить: Борис Громов' }).click();
  await expect(dialog.getByText(/записи, оплаты, абонементы/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Объединить' }).click();
  await expect(dialog).toBeHidden();
  const { items } = await alfa.call<{ items: { id: number; contact_id: number }[] }>('GET', '/api/clients');
  expect(items).toMatchObject([{ id: studio.anna, contact_id: anna }]);
  expect(items.some((one) => one.contact_id === boris)).toBe(false);
  await page.goto(`/admin/clients/${studio.anna}`);
  await expect(page.locator('dl dd', { hasText: /^2\s000/ })).toBeVisible();
});
