import { expect, it } from 'vitest';
import { csv } from './csv';

it('quotes what would break a row, and lets no formula through', () => {
  expect(
    csv([
      ['name', 'sent'],
      ['Карты, осень', 12],
      ['=cmd()', null],
      ['"x"\ny', -1.5],
    ]),
  ).toBe('\u{feff}name,sent\r\n"Карты, осень",12\r\n\'=cmd(),\r\n"""x""\ny",-1.5\r\n');
});
