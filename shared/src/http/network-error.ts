/** What Node says when there was no connection over which a request could have gone. */
const NO_CONNECTION = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

/** Is it certain that the request never left, by the code of the error that ended it? */
export const neverSent = (code: string | undefined): boolean =>
  code !== undefined && (NO_CONNECTION.includes(code) || /^ERR_TLS_|^UNABLE_TO_|CERT/.test(code));

/** The code of a network error; `fetch` hides it in `cause`. Undefined for an error that is none. */
export function networkCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? networkCodeOf(error.cause) : undefined;
}
