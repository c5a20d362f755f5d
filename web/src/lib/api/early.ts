// Answers that `app.html` asked for before the application was there.

declare global {
  /** By path and query. Each is taken once. */
  var kinometaEarly: Partial<Record<string, Promise<Response>>> | undefined;
}

/** While the page opens: later, an answer nobody took shows how things were. */
const FRESH_MS = 10_000;

/** `fetch`, with the early answer when there is one. Any change makes them untrue: it drops them all. */
export async function fetchOrTake(request: Request): Promise<Response> {
  const early = globalThis.kinometaEarly;
  if (!early) return fetch(request);
  if (request.method !== 'GET' || performance.now() > FRESH_MS) {
    globalThis.kinometaEarly = undefined;
    return fetch(request);
  }
  const { pathname, search } = new URL(request.url);
  const answer = early[pathname + search];
  early[pathname + search] = undefined;
  return answer ? answer.catch(() => fetch(request)) : fetch(request);
}
