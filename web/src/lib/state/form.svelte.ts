// The request behind a form: whether it is running, and the error that the server answered with.
import { asApiError, type ApiError } from '$lib/api/error';

export class FormState<Field extends string = never> {
  busy = $state(false);
  #error = $state.raw<ApiError | null>(null);

  /** `fields`: the request's fields that have an input of their own to show an error at. */
  constructor(private readonly fields: readonly Field[] = []) {}

  /** What is wrong with one field. */
  fieldError(field: Field): string | undefined {
    return this.#error?.fields[field];
  }

  /** The error to show above the form: one that no input shows. */
  get formError(): ApiError | null {
    return this.fields.some((field) => this.fieldError(field)) ? null : this.#error;
  }

  /** Runs the request unless one is running. True when it succeeded. */
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
