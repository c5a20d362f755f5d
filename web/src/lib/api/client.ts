// The one door to the server: typed by the generated schema, errors as ApiError.
import createClient from 'openapi-fetch';
import { ApiError, errorFrom, unreachable } from './error';
import type { paths } from './schema';

export const http = createClient<paths>({ baseUrl: '', credentials: 'same-origin' });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

type SignedOut = () => void;
let whenSignedOut: SignedOut = () => undefined;

/** What to do when the server no longer knows this browser; the session state sets it. */
export function onSignedOut(action: SignedOut): void {
  whenSignedOut = action;
}

/** Waits for an answer and gives its body, or throws an ApiError. */
export async function call<T>(request: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await request;
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown;
    throw unreachable();
  }
  if (answer.response.ok) return answer.data as T;
  const error: ApiError = errorFrom(answer.response.status, answer.error);
  if (error.status === 401 && error.code === 'signed_out') whenSignedOut();
  throw error;
}
