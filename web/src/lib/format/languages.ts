// The choices for audio and subtitle languages.
import { LOCALE } from '$lib/messages/locale';
import { languageName } from './media';

const COMMON =
  'ar bg ca cs da de el en es et fa fi fr he hi hr hu id is it ja ko lt lv nb nl pl pt ro ru sk sl sr sv th tr uk vi zh'.split(
    ' '
  );

/** Sorted by name. Includes chosen codes that are not in the common list. */
export function languageChoices(chosen: (string | null | undefined)[]): { value: string; label: string }[] {
  const codes = new Set([...COMMON, ...chosen.filter((code) => code != null && code !== '')] as string[]);
  return [...codes]
    .map((value) => ({ value, label: languageName(value) || value }))
    .sort((one, other) => one.label.localeCompare(other.label, LOCALE));
}
