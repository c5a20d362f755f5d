// A component that is loaded when it is first used, so that pages do not wait for it.
import { attempt } from './toasts.svelte';

export class Lazy<Component> {
  /** Undefined until it is loaded. */
  component = $state.raw<Component | undefined>();
  #load: () => Promise<{ default: Component }>;

  constructor(load: () => Promise<{ default: Component }>) {
    this.#load = load;
  }

  /** Loads the component. If that fails, a toast is shown and the next use tries again. */
  use(): void {
    if (!this.component) void attempt(async () => (this.component = (await this.#load()).default));
  }

  /** Loads the component in advance. Failures are ignored. */
  prepare = (): void => {
    if (!this.component) this.#load().catch(() => undefined);
  };
}
