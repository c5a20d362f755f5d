// Responses that `app.html` requested before the application was loaded.

declare global {
  /** By path and query. Each response is used once. */
  var kinometaEarly: Partial<Record<string, Promise<Response>>> | undefined;
}

/** How long after the page was opened early responses may be used; later, they are outdated. */
const FRESH_MS = 10_000;

/**
 * Like `fetch`, but returns the early response if there is one. Any write discards all of them, because it
 * can change them.
 */
export async function fetchOrTake(request: Request): Promise<Response> {
  const early = globalThis.kinometaEarly;
  if (!early) return fetch(request);
  if (request.method !== 'GET' || performance.now() > FRESH_MS) {
    globalThis.kinometaEarly = undefined;
    return fetch(request);
  }
  const { pathname, search } = new URL(request.url);
  const response = early[pathname + search];
  early[pathname + search] = undefined;
  return response ? response.catch(() => fetch(request)) : fetch(request);
}
