import * as v from 'valibot';

const KEY = 'alfa.people.chosen';
const ids = v.array(v.pipe(v.number(), v.integer(), v.minValue(1)));

/** Keeps people who were chosen one by one for the page that does something with them: too many for an address. */
export function keepChosen(contactIds: number[]) {
  localStorage.setItem(KEY, JSON.stringify(contactIds));
}

/** The people who were chosen last; nobody, when what is kept makes no sense. */
export function chosenPeople(): number[] {
  try {
    const parsed = v.safeParse(ids, JSON.parse(localStorage.getItem(KEY) ?? '[]'));
    return parsed.success ? parsed.output : [];
  } catch {
    return [];
  }
}
