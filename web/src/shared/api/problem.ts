import type { components } from './schema.gen';

/** One input that the server refused, in the user's language. */
export type FieldProblem = components['schemas']['ProblemField'];

/** What is in the way of something in the schedule: what takes the place or the trainer, and until when. */
export type InTheWay = components['schemas']['InTheWay'];

/** A refusal by the server (problem+json), or the lack of any answer (`status` 0). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: FieldProblem[];
  readonly requestId: string | null;
  readonly conflict: InTheWay | null;

  constructor(
    status: number,
    code: string,
    detail: string,
    fields: FieldProblem[] = [],
    requestId: string | null = null,
    conflict: InTheWay | null = null,
  ) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.requestId = requestId;
    this.conflict = conflict;
  }

  /** What to show under the named inputs of a form. */
  byField(): Record<string, string> {
    return Object.fromEntries(this.fields.map((one) => [one.field, one.message]));
  }
}

/** A conflict may tell which input it is about (a phone that somebody has) beside its text. */
type Body = components['schemas']['Problem'] & { field?: unknown };

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;
}

/** Reads what the server refused; a body that is no problem+json (a proxy's page) leaves only the status. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  if (!isBody(body)) return new Problem(response.status, `http_${response.status}`, '');
  const one = typeof body.field === 'string' ? [{ field: body.field, message: body.detail }] : [];
  const { status } = response;
  const { code, detail, errors, request_id, conflict } = body;
  return new Problem(status, code, detail, errors ?? one, request_id ?? null, conflict ?? null);
}

/** Whether trying again may help: no answer, too much at once, or the server's own fault. */
export function passes(error: unknown): boolean {
  return error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);
}
