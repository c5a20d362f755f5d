// A fake server and the browser features that jsdom lacks, for component tests. Import this before any component.
import '@testing-library/svelte/vitest';
import { afterEach, vi } from 'vitest';
import { FakeEventSource } from './event-source';

interface Reply {
  status?: number;
  body?: unknown;
}
type Handler = (body: unknown) => Reply | Promise<Reply>;

class FakeServer {
  /** All requests so far, in the form `POST /api/session`. */
  requests: string[] = [];
  #handlers = new Map<string, Handler>();

  /** Sets the response to a request such as `POST /api/session`. The name does not include the query. */
  on(name: string, reply: Reply | Handler): void {
    this.#handlers.set(name, typeof reply === 'function' ? reply : () => reply);
  }

  reset(): void {
    this.requests = [];
    this.#handlers.clear();
  }

  async respond(request: Request): Promise<Response> {
    const name = `${request.method} ${new URL(request.url).pathname}`;
    this.requests.push(name);
    const handler = this.#handlers.get(name);
    if (!handler) throw new Error(`The test has no response for ${name}.`);
    const text = await request.text();
    const { status = 200, body } = await handler(text ? JSON.parse(text) : undefined);
    return body === undefined ? new Response(null, { status: 204 }) : Response.json(body, { status });
  }
}

export const server = new FakeServer();

/** The body of an error response. */
export const errorBody = (
  message: string,
  more: { action?: string; fields?: Record<string, string> } = {}
) => ({
  error: { code: 'invalid', message, ...more }
});

/** Resolves relative addresses like the `Request` of browsers; Node's does not. */
class PageRequest extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(typeof input === 'string' ? new URL(input, location.href) : input, init);
  }
}

class FakeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

vi.stubGlobal('Request', PageRequest);
vi.stubGlobal('fetch', (request: Request) => server.respond(request));
vi.stubGlobal('EventSource', FakeEventSource);
vi.stubGlobal('ResizeObserver', FakeObserver);
vi.stubGlobal('IntersectionObserver', FakeObserver);
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.animate ??= () => ({ finished: Promise.resolve(), cancel() {} }) as unknown as Animation;

afterEach(() => server.reset());
