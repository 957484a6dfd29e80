// The stream of events: a browser that slept or lost its network hears what happened meanwhile, each thing once.
import { expect, test } from './fixtures';
import { PEOPLE, VERA } from './people';
import type { Alfa } from './server';

async function talk(alfa: Alfa, text: string) {
  await alfa.call('POST', '/api/messages/send', { contact_id: VERA, text });
}

test('what happens between the first answer and the opening of the stream is not missed', async ({
  page,
  alfa,
}) => {
  let open = () => {};
  const gate = new Promise<void>((done) => {
    open = done;
  });
  await page.route('**/api/events*', async (route) => {
    await gate;
    await route.continue();
  });
  await alfa.contacts(PEOPLE);
  await page.goto('/admin/campaigns');
  await expect(page.getByRole('heading', { name: 'Кампаний пока нет' })).toBeVisible();
  await alfa.call('POST', '/api/campaigns/create', { name: 'До потока', product_id: 1, contact_ids: [1] });
  open();
  await expect(page.getByRole('article', { name: 'До потока' })).toBeVisible();
});

test('what happened while the page slept is there when it wakes', async ({ page, alfa }) => {
  await alfa.contacts(PEOPLE);
  await talk(alfa, 'До сна');
  await page.goto(`/admin/inbox?contact=${VERA}`);
  const bubble = (text: string) => page.locator('article[data-direction="out"]', { hasText: text });
  await expect(bubble('До сна')).toHaveCount(1);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  for (const number of [1, 2, 3]) await talk(alfa, `Во сне ${number}`);
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  for (const number of [1, 2, 3]) await expect(bubble(`Во сне ${number}`)).toHaveCount(1);
});

test.describe('without a network', () => {
  test.use({ excused: /ERR_INTERNET_DISCONNECTED|Failed to load resource|net::ERR/ });

  test('the stream goes on behind the last event that was heard', async ({ page, alfa }) => {
    await alfa.contacts(PEOPLE);
    await page.goto(`/admin/inbox?contact=${VERA}`);
    await expect(page.getByText('Telegram на связи')).toBeVisible();
    await talk(alfa, 'Сначала');
    await expect(page.getByRole('log').getByRole('img', { name: 'Прочитано' })).toBeVisible();
    await page.context().setOffline(true);
    // The stream that is open now is not cut by that; a restart of the server cuts it.
    await alfa.down();
    await expect(page.getByText('Нет связи с сервером, пробуем снова')).toBeVisible();
    await alfa.up();
    await talk(alfa, 'Пока не было сети');
    const again = page.waitForRequest(/\/api\/events\?last_event_id=\d+/);
    await page.context().setOffline(false);
    await again;
    await expect(page.getByText('Нет связи с сервером, пробуем снова')).toBeHidden();
    await expect(page.locator('article', { hasText: 'Пока не было сети' })).toHaveCount(1);
  });
});
