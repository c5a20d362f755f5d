// Numbers and plurals in the language of the interface.
import { LOCALE, language } from './language';

export { LOCALE };

const pluralRules = new Intl.PluralRules(LOCALE);
// Created on first use, not before the first paint: on a slow device, the first number format takes 0.1
// seconds.
let numberFormat: Intl.NumberFormat | undefined;
let percentFormat: Intl.NumberFormat | undefined;

/** Creates the number format while the browser is idle, so that the next page doesn't have to. */
export function prepareNumbers(): void {
  numberFormat ??= new Intl.NumberFormat(LOCALE);
}

/** The forms of a noun by CLDR plural category. English and German have `one` and `other`. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** `10,000`. */
export function number(value: number): string {
  // Looks the same in both languages.
  if (Number.isInteger(value) && value >= 0 && value < 1_000) return String(value);
  return (numberFormat ??= new Intl.NumberFormat(LOCALE)).format(value);
}

/** `7.5`, `8.0`. Avoids the number format, because Home's first paint contains such a number. */
export function decimal(value: number): string {
  return value.toFixed(1).replace('.', language === 'de' ? ',' : '.');
}

/** `14%` for 14. */
export function percent(value: number): string {
  return (percentFormat ??= new Intl.NumberFormat(LOCALE, { style: 'percent' })).format(value / 100);
}

/** `1 episode`, `2 episodes`. */
export function plural(count: number, forms: PluralForms): string {
  return `${number(count)} ${forms[pluralRules.select(count)] ?? forms.other}`;
}
