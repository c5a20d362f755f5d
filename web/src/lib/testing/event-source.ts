// The server's event stream, for tests.

export class FakeEventSource {
  static opened: FakeEventSource[] = [];
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  #listeners = new Map<string, (event: { data: string; lastEventId: string }) => void>();

  constructor(readonly url: string) {
    FakeEventSource.opened.push(this);
  }

  /** The newest connection. */
  static get latest(): FakeEventSource {
    return FakeEventSource.opened.at(-1) as FakeEventSource;
  }

  addEventListener(name: string, listener: (event: { data: string; lastEventId: string }) => void): void {
    this.#listeners.set(name, listener);
  }

  close(): void {
    this.closed = true;
  }

  send(name: string, data: unknown, lastEventId = ''): void {
    this.#listeners.get(name)?.({ data: JSON.stringify(data), lastEventId });
  }
}
