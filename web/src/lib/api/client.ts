// The HTTP client: typed by the generated schema; errors are thrown as ApiError.
import createClient from 'openapi-fetch';
import { fetchOrTake } from './early';
import { ApiError, errorFrom, unreachable } from './error';
import type { paths } from './schema';

export const http = createClient<paths>({ baseUrl: '', credentials: 'same-origin', fetch: fetchOrTake });

interface HttpResult<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

let signedOutHandler = (): void => undefined;

/** Registers what to do when this browser's session has ended. The session state calls this once. */
export function onSignedOut(handler: () => void): void {
  signedOutHandler = handler;
}

/** Waits for the response and returns its body, or throws an ApiError. */
export async function call<T>(request: Promise<HttpResult<T>>): Promise<T> {
  let result: HttpResult<T>;
  try {
    result = await request;
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown;
    throw unreachable();
  }
  if (result.response.ok) return result.data as T;
  const error: ApiError = errorFrom(result.response.status, result.error);
  if (error.status === 401 && error.code === 'signed_out') signedOutHandler();
  throw error;
}
