import { test as base, expect, type Page } from '@playwright/test';
import { Alfa } from './server';

interface Fixtures {
  alfa: Alfa;
  /** Settings of the server, as environment variables. */
  settings: Record<string, string>;
  /** What the browser may complain of in this test, as the server is stopped in it or refuses on purpose. */
  excused: RegExp | null;
  guarded: undefined;
}

/** Tests with a server of their own; each fails on a console error, a request to another host or a breach of the page's policy. */
export const test = base.extend<Fixtures>({
  settings: [{}, { option: true }],
  excused: [null, { option: true }],
  alfa: async ({ settings }, use) => {
    const alfa = await Alfa.start(settings);
    await use(alfa);
    await alfa.end();
  },
  baseURL: async ({ alfa }, use) => use(alfa.url),
  guarded: [
    async ({ page, alfa, excused }, use) => {
      const complaints = watch(page, alfa.url);
      await use(undefined);
      expect(complaints.filter((one) => !excused?.test(one))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

function watch(page: Page, home: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(home) && !url.startsWith('data:') && !url.startsWith('blob:'))
      complaints.push(`foreign: ${url}`);
  });
  return complaints;
}
