// The language of the interface. Everything that depends on it is here and in the message files beside this one.

export const LOCALE = 'en-GB';

const pluralRules = new Intl.PluralRules(LOCALE);
const numberFormat = new Intl.NumberFormat(LOCALE);
const percentFormat = new Intl.NumberFormat(LOCALE, { style: 'percent' });

/** The forms of a noun by CLDR plural category. English has `one` and `other`. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** `10,000`. */
export const number = (value: number): string => numberFormat.format(value);

/** `14%` for 14. */
export const percent = (value: number): string => percentFormat.format(value / 100);

/** `1 episode`, `2 episodes`. */
export function plural(count: number, forms: PluralForms): string {
  return `${number(count)} ${forms[pluralRules.select(count)] ?? forms.other}`;
}
