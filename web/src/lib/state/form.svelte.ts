// The request of a form: whether it is running, and its error.
import { asApiError, type ApiError } from '$lib/api/error';

export class FormState<Field extends string = never> {
  busy = $state(false);
  #error = $state.raw<ApiError | null>(null);

  /** `fields` are the request's fields whose inputs can show an error. */
  constructor(private readonly fields: readonly Field[] = []) {}

  /** The error of one field. */
  fieldError(field: Field): string | undefined {
    return this.#error?.fields[field];
  }

  /** The error to show above the form, if no input shows it. */
  get formError(): ApiError | null {
    return this.fields.some((field) => this.fieldError(field)) ? null : this.#error;
  }

  /** Runs the request unless one is running. Returns whether it succeeded. */
  async submit(request: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.#error = null;
    try {
      await request();
    } catch (thrown) {
      this.#error = asApiError(thrown);
    } finally {
      this.busy = false;
    }
    return this.#error === null;
  }
}
