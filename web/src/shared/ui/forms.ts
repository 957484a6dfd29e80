import { Problem } from '../api/problem';
import { tellProblem } from './notify';

interface Fillable {
  getValues: () => object;
  setErrors: (errors: Record<string, string>) => void;
}

/** Shows a refusal under the inputs that it names; what names no input of the form is told by itself. */
export function showRefusal(form: Fillable, error: unknown) {
  const byField = error instanceof Problem ? error.byField() : {};
  const values = form.getValues();
  const known = Object.entries(byField).filter(([field]) => field in values);
  form.setErrors(Object.fromEntries(known));
  if (known.length === 0) tellProblem(error);
}

/** An empty input is no value at all. */
export function filled(value: string): string | undefined {
  return value.trim() || undefined;
}
