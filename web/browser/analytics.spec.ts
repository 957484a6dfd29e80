// What campaigns brought, as the server counts it and a person reads it.
import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures';
import { FURNISHED, furnish } from './furnish';

test.describe('with weeks of work', () => {
  // Days the wrong way round are refused on purpose.
  test.use({ settings: FURNISHED, excused: /status of 422/ });

  test('figures are those of the API, are narrowed by the address, read as a table and saved as a file', async ({
    page,
    alfa,
  }) => {
    // Most of it is the weeks of work.
    test.setTimeout(300_000);
    await furnish(alfa);
    const brought = async (query = '') => {
      const { items } = await alfa.call<{ items: { name: string; sent: number; replied: number }[] }>(
        'GET',
        `/api/analytics/breakdown?by=campaign${query}`,
      );
      return items;
    };
    const all = await brought();
    const sent = all.reduce((sum, one) => sum + one.sent, 0);
    expect(sent).toBeGreaterThan(50);
    await page.goto('/admin/analytics');
    const figure = (name: string) => page.locator('dl > *', { hasText: name }).locator('dd').first();
    await expect(figure('Отправлено')).toHaveText(String(sent));

    const course = page.getByRole('region', { name: 'По дням' });
    await expect(course.getByRole('img', { name: 'По дням' })).toBeVisible();
    await course.getByRole('button', { name: 'Показать таблицей' }).click();
    await expect(course.getByRole('row').nth(5)).toBeVisible();
    const saving = page.waitForEvent('download');
    await course.getByRole('button', { name: 'Скачать CSV' }).click();
    const rows = readFileSync(await (await saving).path(), 'utf8')
      .split('\r\n')
      .filter(Boolean);
    expect(rows[0]).toBe('\u{feff}День,Отправлено,Доставлено,Прочитано,Ответили,Просили не писать');
    expect(rows).toHaveLength(31);
    const inFile = rows.slice(1).reduce((sum, row) => sum + Number(row.split(',')[1]), 0);
    expect(inFile).toBe(sent);

    const parts = page.getByRole('region', { name: 'Что что принесло' });
    await expect(parts.getByRole('row', { name: /Осенние карты/ })).toContainText(
      String(all.find((one) => one.name === 'Осенние карты')?.sent),
    );
    await parts.getByText('Продукт', { exact: true }).click();
    await expect(page).toHaveURL(/by=product/);
    await expect(parts.getByRole('row', { name: /Кредитная карта/ })).toBeVisible();

    await page.getByRole('combobox', { name: 'Кампания' }).click();
    await page.getByRole('option', { name: 'Вклад к зиме' }).click();
    await expect(page).toHaveURL(/campaign=3/);
    const [only] = await brought('&campaign_id=3');
    await expect(figure('Отправлено')).toHaveText(String(only?.sent));
    await page.reload();
    await expect(figure('Отправлено')).toHaveText(String(only?.sent));

    await page.goto('/admin/analytics?from=2026-01-31&to=2026-01-01');
    await expect(page.getByRole('alert').first()).toBeVisible();
  });
});

test('an empty database says what to do', async ({ page }) => {
  await page.goto('/admin/analytics');
  await expect(page.getByRole('heading', { name: 'За эти дни цифр нет' })).toBeVisible();
  await page.getByRole('button', { name: 'Показать весь год' }).click();
  await page.getByRole('link', { name: 'К кампаниям' }).click();
  await expect(page).toHaveURL(/\/admin\/campaigns/);
});
