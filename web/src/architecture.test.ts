// Rules of the layout that no compiler holds.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = __dirname;

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(tsx?|json)$/.test(file) && !file.includes('.gen.'))
  .map((path) => ({ path, text: readFileSync(join(SRC, path), 'utf8') }));
const sources = files.filter(({ path }) => /\.tsx?$/.test(path) && !path.includes('.test.'));

/** The part of the product that a file is of: `app`, `routes`, `shared`, `features/inbox`. */
function partOf(path: string): string {
  const [first, second] = path.split('/');
  return first === 'features' ? `features/${second}` : (first ?? '');
}

function importsOf(path: string, text: string): string[] {
  return [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => name.startsWith('.') || name.startsWith('@/'))
    .map((name) =>
      name.startsWith('@/') ? name.slice(2) : relative(SRC, resolve(SRC, dirname(path), name)),
    );
}

describe('who may import whom', () => {
  it.each([
    ['features/', (from: string, to: string) => to === 'shared' || to === from],
    ['shared', (_: string, to: string) => to === 'shared'],
  ])('%s', (start, allowed) => {
    const of = sources.filter(({ path }) => path.startsWith(start));
    expect(of.length).toBeGreaterThan(3);
    const wrong = of.flatMap(({ path, text }) =>
      importsOf(path, text)
        .filter((to) => !allowed(partOf(path), partOf(to)))
        .map((to) => `${path} → ${to}`),
    );
    expect(wrong).toEqual([]);
  });
});

it('leaves the network to shared', () => {
  const wrong = sources.filter(
    ({ path, text }) =>
      !path.startsWith('shared/') && /\bfetch\(|\bEventSource\b|\bXMLHttpRequest\b/.test(text),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

describe('texts', () => {
  type Tree = { [key: string]: string | Tree };
  const keys = (tree: Tree, before = ''): string[] =>
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [`${before}${key}`] : keys(value, `${before}${key}.`),
    );
  const values = (tree: Tree): string[] =>
    Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : values(value)));
  const plural = /_(one|few|many|other)$/;
  const catalogues = files.filter(({ path }) => path.endsWith('locales/ru.json'));
  const other = (path: string) =>
    JSON.parse(readFileSync(join(SRC, path.replace('ru.json', 'en.json')), 'utf8')) as Tree;

  it.each(catalogues.map(({ path, text }) => [path, JSON.parse(text) as Tree] as const))(
    '%s is whole in both languages',
    (path, ru) => {
      const bare = (tree: Tree) => [...new Set(keys(tree).map((key) => key.replace(plural, '')))].sort();
      expect(bare(other(path))).toEqual(bare(ru));
      const forms = (tree: Tree, base: string) =>
        keys(tree).filter((key) => plural.test(key) && key.replace(plural, '') === base);
      for (const base of new Set(
        keys(ru)
          .filter((key) => plural.test(key))
          .map((key) => key.replace(plural, '')),
      )) {
        expect([base, forms(ru, base).length]).toEqual([base, 4]);
        expect([base, forms(other(path), base).length]).toEqual([base, 2]);
      }
      expect(
        values(other(path)).filter((value) => /[а-яё]/i.test(value) && !value.startsWith('Русский')),
      ).toEqual([]);
    },
  );

  it('are never inline', () => {
    const inline = sources.flatMap(({ path, text }) =>
      text
        .split('\n')
        .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line))
        .filter(
          (line) =>
            /[а-яё]/i.test(line) ||
            /\b(label|title|placeholder|description|aria-label|alt|message|about)="[^"]*\p{L}/u.test(line),
        )
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(inline).toEqual([]);
  });

  it('are all used', () => {
    const code = sources.map(({ text }) => text).join('\n');
    // A key whose last part is computed (`stage.${stage}`), or whose group is chosen by name, is used when its group is.
    const computed = (key: string) => {
      const group = key.slice(0, key.lastIndexOf('.'));
      return group !== '' && (code.includes(`\`${group}.\${`) || code.includes(`'${group}'`));
    };
    // The words of the trade in `shared` are there before a page needs each of them.
    const own = catalogues.filter(({ path }) => !path.startsWith('shared/'));
    const unused = own.flatMap(({ path, text }) =>
      [...new Set(keys(JSON.parse(text) as Tree).map((key) => key.replace(plural, '')))]
        .filter((key) => !code.includes(`'${key}'`) && !computed(key))
        .map((key) => `${path}: ${key}`),
    );
    expect(unused).toEqual([]);
  });
});
