// The request of a button: whether it is running. Failures are shown as toasts.
import { attempt } from './toasts.svelte';

export class Task {
  busy = $state(false);

  /** Runs the request unless one is running, and confirms it with a toast. Returns whether it succeeded. */
  async run(request: () => Promise<unknown>, confirmation?: string): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      return await attempt(request, confirmation);
    } finally {
      this.busy = false;
    }
  }
}
