import { Problem } from '../api/problem';
import { tellProblem } from './notify';

interface Fillable {
  getValues: () => object;
  setErrors: (errors: Record<string, string>) => void;
}

/**
 * Shows a refusal under the inputs that it names, the first of them in sight; what names no input of the form is told
 * by itself. `inside` is what the server's names of some inputs begin with: `contact.` of `contact.phone`.
 */
export function showRefusal(form: Fillable, error: unknown, inside = '') {
  const byField = error instanceof Problem ? error.byField() : {};
  const values = form.getValues();
  const known = Object.entries(byField)
    .map(([field, message]): [string, string] => [
      field.startsWith(inside) ? field.slice(inside.length) : field,
      message,
    ])
    .filter(([field]) => field in values);
  const errors = Object.fromEntries(known);
  form.setErrors(errors);
  if (known.length === 0) tellProblem(error);
  else showFirst(errors);
}

/** Brings the first input with an error into sight: on a phone it may be far above the button. */
export function showFirst(errors: object) {
  const isWrong = (input: HTMLElement) => (input.dataset.path ?? '') in errors;
  const first = (root: ParentNode | undefined) =>
    [...(root?.querySelectorAll<HTMLElement>('[data-path]') ?? [])].find(isWrong);
  // The page behind a window may have inputs of the same name.
  const input = first([...document.querySelectorAll('[role="dialog"]')].at(-1)) ?? first(document);
  if (!input) return;
  input.scrollIntoView({ block: 'center' });
  // An input with a list would open it over what is said.
  if (!input.hasAttribute('aria-haspopup')) input.focus({ preventScroll: true });
}

/** An empty input is no value at all. */
export function filled(value: string): string | undefined {
  return value.trim() || undefined;
}
