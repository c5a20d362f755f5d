// What went wrong with a request, in words for people.

export interface ErrorBody {
  error?: {
    code?: string;
    message?: string;
    action?: string | null;
    retry_after_seconds?: number | null;
    request_id?: string | null;
    fields?: Record<string, string> | null;
  };
}

export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** HTTP status; 0 when the server could not be reached. */
    readonly status: number,
    readonly code: string,
    message: string,
    readonly action: string | null = null,
    readonly fields: Record<string, string> = {},
    readonly requestId: string | null = null
  ) {
    super(message);
  }

  /** The server could not be reached at all. */
  get offline(): boolean {
    return this.status === 0;
  }
}

export function unreachable(): ApiError {
  return new ApiError(
    0,
    'offline',
    'Kinometa does not answer.',
    'Check that the server is running and that this device is on the same network. This page tries again by itself.'
  );
}

/** Reads an answer that is not a success. A body that is not ours (a proxy's page) still gives a clear sentence. */
export function errorFrom(status: number, body: unknown): ApiError {
  const error = (body as ErrorBody | undefined)?.error;
  if (error?.message) {
    return new ApiError(
      status,
      error.code ?? 'unknown',
      error.message,
      error.action ?? waitAdvice(error.retry_after_seconds),
      error.fields ?? {},
      error.request_id ?? null
    );
  }
  if (status === 502 || status === 503 || status === 504) return unreachable();
  return new ApiError(
    status,
    'unknown',
    `The server answered with an error (${status}).`,
    'Try again. If it happens again, look at the server’s log.'
  );
}

/** Any thrown thing as an ApiError, for the places that show one. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  return new ApiError(-1, 'unknown', 'Something went wrong in this page.', 'Reload the page and try again.');
}

function waitAdvice(seconds: number | null | undefined): string | null {
  return seconds ? `Try again in ${seconds} seconds.` : null;
}
