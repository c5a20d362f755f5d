// Errors of requests, with messages for users.
import { m } from '$lib/messages/errors';
import type { ErrorBody, ErrorDetail } from './schema';

export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** HTTP status; 0 when the server could not be reached, -1 when the error happened in this page. */
    readonly status: number,
    readonly code: string,
    message: string,
    readonly action: string | null = null,
    readonly fields: Record<string, string> = {},
    readonly requestId: string | null = null,
    /** The exact reason behind the code, if the server sends one. */
    readonly reason: string | null = null
  ) {
    super(message);
  }

  /** The server could not be reached at all. */
  get offline(): boolean {
    return this.status === 0;
  }
}

export function unreachable(): ApiError {
  return new ApiError(0, 'offline', m.offline, m.offlineAction);
}

/** Reads an error response. A body in another format, such as a proxy's error page, still gives a clear message. */
export function errorFrom(status: number, body: unknown): ApiError {
  const detail = errorDetail(body);
  if (detail) {
    const { message, action } = m.localized(detail);
    // A field often repeats the message: show both in the same language.
    const fields = Object.entries(detail.fields ?? {}).map(([field, text]) => [
      field,
      text === detail.message ? message : text
    ]);
    return new ApiError(
      status,
      detail.code,
      message,
      action ?? retryAdvice(detail.retry_after_seconds),
      Object.fromEntries(fields) as Record<string, string>,
      detail.request_id ?? null,
      detail.because?.reason ?? null
    );
  }
  if (status === 502 || status === 503 || status === 504) return unreachable();
  return new ApiError(status, 'unknown', m.badStatus(status), m.badStatusAction);
}

/** Any thrown value as an ApiError, for the places that show one. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  return new ApiError(-1, 'unknown', m.page, m.pageAction);
}

function errorDetail(body: unknown): ErrorDetail | null {
  const detail = (body as Partial<ErrorBody> | null | undefined)?.error as Partial<ErrorDetail> | undefined;
  return detail?.code && detail.message ? (detail as ErrorDetail) : null;
}

function retryAdvice(seconds: number | undefined): string | null {
  return seconds ? m.retryAfter(seconds) : null;
}
