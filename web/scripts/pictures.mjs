// Takes the pictures of the README from those that the browser tests made (`npm run browser`), as small WebP.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';

const MOST_BYTES = 150 * 1024;
const QUALITY = 0.9;

/** The name of a picture in docs/pictures, and of the page that it is of. */
const PICTURES = { inbox: 'chat', campaign: 'campaign-results', analytics: 'analytics' };
const LANGUAGES = ['ru', 'en'];

const from = new URL('../screenshots/', import.meta.url);
const to = new URL('../../docs/pictures/', import.meta.url);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
await mkdir(to, { recursive: true });
for (const [name, shown] of Object.entries(PICTURES)) {
  for (const language of LANGUAGES) {
    const png = await readFile(new URL(`${shown}-wide-light-${language}.png`, from), 'base64');
    const webp = await page.evaluate(
      async ([data, quality]) => {
        const image = new Image();
        image.src = `data:image/png;base64,${data}`;
        await image.decode();
        const canvas = document.createElement('canvas');
        canvas.width = image.width;
        canvas.height = image.height;
        canvas.getContext('2d').drawImage(image, 0, 0);
        return canvas.toDataURL('image/webp', quality).split(',')[1];
      },
      [png, QUALITY],
    );
    const bytes = Buffer.from(webp, 'base64');
    if (bytes.length > MOST_BYTES) throw new Error(`${name}.${language}: ${bytes.length} bytes are too many`);
    await writeFile(new URL(`${name}.${language}.webp`, to), bytes);
    console.log(`docs/pictures/${name}.${language}.webp ${Math.round(bytes.length / 1024)} KB`);
  }
}
await browser.close();
