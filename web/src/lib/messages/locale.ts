// Numbers and plurals in the language of the interface.
import { LOCALE } from './language';

export { LOCALE };

const pluralRules = new Intl.PluralRules(LOCALE);
const numberFormat = new Intl.NumberFormat(LOCALE);
const percentFormat = new Intl.NumberFormat(LOCALE, { style: 'percent' });

/** The forms of a noun by CLDR plural category. English and German have `one` and `other`. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** `10,000`. */
export const number = (value: number): string => numberFormat.format(value);

/** `14%` for 14. */
export const percent = (value: number): string => percentFormat.format(value / 100);

/** `1 episode`, `2 episodes`. */
export function plural(count: number, forms: PluralForms): string {
  return `${number(count)} ${forms[pluralRules.select(count)] ?? forms.other}`;
}
