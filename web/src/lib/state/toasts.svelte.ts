// Short messages in a corner of the screen.
import { asApiError } from '$lib/api';

export interface Toast {
  id: number;
  tone: 'good' | 'bad' | 'plain';
  text: string;
  detail?: string;
  action?: ToastAction;
}

export interface ToastAction {
  label: string;
  run: () => void | Promise<void>;
}

/** Long enough to read twice. Errors stay until they are dismissed. */
const SHOWN_MS = 5_000;
/** Long enough to notice a mistake and reach the button. */
const SHOWN_WITH_ACTION_MS = 9_000;

class Toasts {
  items = $state<Toast[]>([]);
  #next = 1;

  show(text: string, tone: Toast['tone'] = 'good', detail?: string, action?: ToastAction): void {
    const toast = { id: this.#next++, tone, text, detail, action };
    this.items = [...this.items.slice(-2), toast];
    if (tone !== 'bad') setTimeout(() => this.close(toast.id), action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
  }

  fail(thrown: unknown): void {
    const error = asApiError(thrown);
    this.show(error.message, 'bad', error.action ?? undefined);
  }

  close = (id: number): void => {
    this.items = this.items.filter((toast) => toast.id !== id);
  };
}

export const toasts = new Toasts();

/** Runs a request and shows a toast if it fails, or to confirm it. Returns whether it succeeded. */
export async function attempt(action: () => Promise<unknown>, confirmation?: string): Promise<boolean> {
  try {
    await action();
  } catch (thrown) {
    toasts.fail(thrown);
    return false;
  }
  if (confirmation) toasts.show(confirmation);
  return true;
}
