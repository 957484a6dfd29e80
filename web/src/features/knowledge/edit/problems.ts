import type { FieldProblem } from '@/shared/api/problem';

/** The inputs of a form by their paths (`levels.0.bonus`): everything in its values that holds no more values. */
export function inputsOf(values: unknown, path = ''): string[] {
  const under = (entries: [string, unknown][]) =>
    entries.flatMap(([key, value]) => inputsOf(value, path ? `${path}.${key}` : key));
  if (Array.isArray(values)) {
    const rows = values.some((value) => typeof value === 'object' && value !== null);
    return rows ? under(values.map((value, index) => [String(index), value])) : [path];
  }
  return typeof values === 'object' && values !== null ? under(Object.entries(values)) : [path];
}

/**
 * Puts each problem that the server named (`facts[0].sentences.ru[2]`) under the input that it is about: the nearest
 * around its place. What no input is about stays over.
 */
export function spread(problems: readonly FieldProblem[], inputs: readonly string[]) {
  const errors: Record<string, string> = {};
  const over: FieldProblem[] = [];
  for (const problem of problems) {
    const path = problem.field.replace(/\[(\d+)\]/g, '.$1');
    const input = inputs.find((one) => path === one || path.startsWith(`${one}.`));
    if (input === undefined) over.push(problem);
    else errors[input] = errors[input] ? `${errors[input]} ${problem.message}` : problem.message;
  }
  return { errors, over };
}

/** The same problems as they are called inside of a part: `blocks[3].ru.formal` is `ru.formal` to the fourth block. */
export function inside(problems: readonly FieldProblem[], part: string): FieldProblem[] {
  return problems.map((problem) =>
    problem.field.startsWith(`${part}.`)
      ? { ...problem, field: problem.field.slice(part.length + 1) }
      : problem,
  );
}
