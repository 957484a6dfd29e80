// A small studio for tests of the CRM: services, trainers, places and clients, made over the API.
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures';
import type { Alfa } from './server';

interface Row {
  id: number;
}

/** Roubles of a visit. */
export const YOGA_PRICE = 800;

export interface Studio {
  today: string;
  yoga: number;
  hall: number;
  desk: number;
  irina: number;
  oleg: number;
  anna: number;
  boris: number;
}

const client = (name: string, phone: string) => ({ contact: { name, phone, consent: 'existing_client' } });

/** Fills an empty Alfa. */
export async function openStudio(alfa: Alfa): Promise<Studio> {
  const make = async (path: string, body: unknown) => (await alfa.call<Row>('POST', path, body)).id;
  const { today } = await alfa.call<{ today: string }>('GET', '/api/dashboard/summary');
  return {
    today,
    yoga: await make('/api/services', {
      name: 'Йога',
      direction: 'fitness',
      duration_minutes: 60,
      price_minor: YOGA_PRICE * 100,
      capacity: 2,
    }),
    hall: await make('/api/places', { name: 'Большой зал', kind: 'hall', capacity: 12 }),
    desk: await make('/api/places', { name: 'Стол у окна', kind: 'desk', price_hour_minor: 20_000 }),
    irina: await make('/api/staff', { name: 'Ирина Лугова', directions: ['fitness'] }),
    oleg: await make('/api/staff', { name: 'Олег Снегов', directions: ['fitness'] }),
    anna: await make('/api/clients', client('Анна Белова', '+79991110001')),
    boris: await make('/api/clients', client('Борис Громов', '+79991110002')),
  };
}

/** Pixels of an hour in the schedule's grid, and the hour at its top. */
const HOUR_PX = 48;
const FIRST_HOUR = 8;

/** The point of the grid where a column has this hour, once nothing above moves the grid any more. */
export async function pointAt(page: Page, column: string, hour: number): Promise<{ x: number; y: number }> {
  const box = await settledBox(page.locator(`[data-column="${column}"]`));
  return { x: box.x + box.width / 2, y: box.y + (hour - FIRST_HOUR) * HOUR_PX };
}

/** Between two looks at where something is. */
const LOOK_MS = 150;

/** Where an element is when it was at the same place twice: a ribbon or a bar that loads later pushes a page down. */
async function settledBox(element: Locator) {
  let before = '';
  for (let looks = 0; looks < 40; looks += 1) {
    const box = await element.boundingBox();
    if (!box) throw new Error(`${element} is not shown`);
    const now = JSON.stringify(box);
    if (now === before) return box;
    before = now;
    await element.page().waitForTimeout(LOOK_MS);
  }
  throw new Error(`${element} does not come to rest`);
}

/** Drags from one point of the grid to another. */
export async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

/** Chooses an option of a list that is typed into. */
export async function choose(page: Page, label: string, option: string) {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Makes a session by dragging over free time. */
export async function planByDragging(page: Page, day: string, from: number, to: number, trainer: string) {
  await drag(page, await pointAt(page, day, from), await pointAt(page, day, to));
  const dialog = page.getByRole('dialog', { name: 'Новое занятие' });
  await expect(dialog.getByLabel('День')).toHaveValue(day);
  await choose(page, 'Услуга', 'Йога');
  await choose(page, 'Тренер', trainer);
  await choose(page, 'Место', 'Большой зал');
  await dialog.getByRole('button', { name: 'Создать занятие' }).click();
  await expect(dialog).toBeHidden();
}

/** The day some days after another. */
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Monday of the week of a day. */
export function mondayOf(day: string): string {
  return plusDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}
