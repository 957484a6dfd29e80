import { LANGUAGE_KEY } from '../i18n/language';
import { Problem, problemOf } from './problem';

/** The session's CSRF token; null while nobody is logged in or the API is open to this machine. */
let csrf: string | null = null;

/** Keeps the token that changes must carry. */
export function setCsrf(token: string | null) {
  csrf = token;
}

/** What happens when the server asks for a login; set by the app, which knows the pages. */
let onUnauthorised: () => void = () => {};

/** Says what to do when the server asks for a login. */
export function whenUnauthorised(action: () => void) {
  onUnauthorised = action;
}

/** Attempts to log in are refused with 401 themselves and are no reason to leave the page. */
const LOGIN = '/api/auth/login';

/**
 * `fetch` as every call of the API needs it: the language, the CSRF token, refusals thrown as [`Problem`].
 */
export async function apiFetch(request: Request): Promise<Response> {
  request.headers.set(
    'Accept-Language',
    document.documentElement.lang || localStorage.getItem(LANGUAGE_KEY) || 'ru',
  );
  if (csrf && request.method !== 'GET') request.headers.set('X-CSRF-Token', csrf);
  let response: Response;
  try {
    response = await fetch(request);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Problem(0, 'no_answer', '');
  }
  if (response.ok) return response;
  if (response.status === 401 && !new URL(request.url).pathname.endsWith(LOGIN)) onUnauthorised();
  throw await problemOf(response);
}
