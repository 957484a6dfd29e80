import AxeBuilder from '@axe-core/playwright';
import { test } from './fixtures';
import { PEOPLE } from './people';

const MANY = `name,phone,profession,tags\n${Array.from({ length: 120 }, (_, at) => `Клиент ${String(at).padStart(3, '0')},+7926${String(1_000_000 + at)},${at % 2 ? 'Врач-стоматолог' : 'Повар'},"vip;весна"`).join('\n')}\n`;
test('shots', async ({ page, alfa }) => {
  test.setTimeout(900_000);
  await alfa.contacts(PEOPLE);
  await alfa.contacts(MANY);
  await alfa.call('POST', '/api/contacts/create', {
    name: 'Анна Белова',
    username: 'annab',
    profession: 'Врач',
    interests: 'Бег',
    consent: 'none',
  });
  await alfa.call('GET', '/api/groups?refresh=true');
  await alfa.call('POST', '/api/groups/1/parse-members', {});
  await alfa.call('POST', '/api/contacts/4/opt-out', {});
  await alfa.call('POST', '/api/campaigns/create', {
    name: 'Осенние карты',
    product_id: 1,
    contact_ids: [1, 2],
  });
  const shot = async (name: string) => {
    const violations: any[] = process.env.AXE ? (await new AxeBuilder({ page }).analyze()).violations : [];
    for (const one of violations)
      console.log(
        name,
        one.id,
        one.nodes
          .map((n) => n.target + ' ' + n.failureSummary)
          .join(' | ')
          .slice(0, 300),
      );
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) console.log(name, 'WIDER', wide);
    await page.screenshot({ path: `/tmp/webC/shots/${name}.png` });
  };
  for (const [theme, language, size] of [['dark','en','phone'],['light','ru','wide']] as const) {
    await page.setViewportSize(size === 'wide' ? { width: 1360, height: 820 } : { width: 390, height: 844 });
    await page.goto('/admin/');
    await page.evaluate(
      ([s, l]) => {
        localStorage.clear();
        localStorage.setItem('mantine-color-scheme-value', s);
        localStorage.setItem('alfa.language', l);
      },
      [theme, language] as const,
    );
    const at = `${size}-${theme}-${language}`;
    const ru = language === 'ru';
    await page.goto('/admin/contacts');
    await page.getByRole('checkbox').first().waitFor();
    await shot(`contacts-${at}`);
    await page.getByRole('checkbox').first().check();
    await page.getByRole('button', { name: ru ? /Выбрать все найденные/ : /Select all .* found/ }).click();
    await page.waitForTimeout(200);
    await shot(`contacts-all-${at}`);
    for (const [what, button] of [
      ['tags', ru ? 'Метки' : 'Tags'],
      ['stage', ru ? 'Этап воронки' : 'Funnel stage'],
    ]) {
      await page.getByRole('button', { name: button, exact: true }).click();
      await page.waitForTimeout(400);
      await shot(`bulk-${what}-${at}`);
      await page
        .getByRole('dialog')
        .getByRole('button', { name: ru ? 'Закрыть' : 'Close' })
        .click();
      await page.waitForTimeout(400);
    }
    const more = page.locator('main').getByRole('button', { name: ru ? 'Ещё' : 'More', exact: true });
    for (const [what, item] of [
      ['consent', ru ? 'Записать согласие' : 'Record consent'],
      ['delete', ru ? 'Удалить данные' : 'Erase data'],
    ]) {
      await more.click();
      await page.waitForTimeout(300);
      if (what === 'consent') await shot(`bulk-menu-${at}`);
      await page.getByRole('menuitem', { name: item }).click();
      await page.waitForTimeout(400);
      await shot(`bulk-${what}-${at}`);
      await page
        .getByRole('dialog')
        .getByRole('button', { name: ru ? 'Закрыть' : 'Close' })
        .click();
      await page.waitForTimeout(400);
    }
    await page.getByRole('button', { name: ru ? 'Метки' : 'Tags', exact: true }).click();
    await page
      .getByRole('dialog')
      .getByLabel(ru ? 'Какие' : 'Which')
      .fill('лето');
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: ru ? 'Добавить метки' : 'Add tags' })
      .click();
    await page.getByText(ru ? /Изменен/ : /contacts? changed/).waitFor();
    await shot(`bulk-done-${at}`);
    await page
      .getByRole('button', { name: ru ? /фильтры|Фильтры/ : /filters/i })
      .first()
      .click();
    await page.waitForTimeout(400);
    await shot(`filters-${at}`);
    await page.goto('/admin/contacts/1');
    await page.locator('main dl').first().waitFor();
    await page.waitForTimeout(600);
    await page.screenshot({ path: `/tmp/webC/shots/card-${at}.png`, fullPage: true });
    await shot(`card-${at}`);
    await page
      .locator('main')
      .getByRole('button', { name: ru ? 'Ещё' : 'More', exact: true })
      .click();
    await page.getByRole('menuitem', { name: ru ? /Объединить/ : /Merge/ }).click();
    await page.waitForTimeout(600);
    await shot(`merge-${at}`);
    await page
      .getByRole('button', { name: ru ? /Сравнить:/ : /Compare:/ })
      .first()
      .click();
    await page.waitForTimeout(400);
    await shot(`merge-compare-${at}`);
    await page.goto('/admin/groups/1');
    await page.getByText(ru ? /Можно писать/ : /May be written/).waitFor();
    await shot(`group-${at}`);
    await page.goto('/admin/import');
    await page
      .locator('input[type="file"]')
      .setInputFiles({
        name: 'клиенты.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(
          'ФИО;Телефон;Кем трудится;Откуда\nАнна Белова;8 999 111 00 01;Врач;Сайт\nБорис;12345;Водитель;Выставка\n',
        ),
      });
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `/tmp/webC/shots/import-${at}.png` });
    await shot(`import-${at}`);
    await page.goto('/admin/campaigns');
    await page.waitForTimeout(600);
    await shot(`campaigns-${at}`);
    await page.goto(
      `/admin/campaigns/new?segment=${encodeURIComponent(JSON.stringify({ status: 'active', opted_out: false, not_contacted_since: '2026-10-01T00:00:00.000Z' }))}`,
    );
    await page.locator('main input').first().fill('Осень');
    await page.getByRole('radio').first().click();
    await page.getByRole('button', { name: ru ? 'Далее' : 'Next' }).click();
    await page.waitForTimeout(800);
    await shot(`wizard-people-${at}`);
  }
});
