// The text of the player's scrobble indicator, in the user's language and time zone.
import type { ScrobbleStatus } from '$lib/api';
import { waitText } from '$lib/components/trakt/states';
import { timeOfDay } from '$lib/format/time';
import { m } from '$lib/messages/player';

type Sentence = (time: string | null) => string;

/** The status as a sentence. For unknown codes (of a newer server), this is the server's message. */
export function scrobbleText({ code, message, retry_at }: ScrobbleStatus): string {
  const sentences: Readonly<Record<string, Sentence>> = m.dot;
  const time = retry_at ? timeOfDay(retry_at) : null;
  return sentences[code]?.(time) ?? waitText(code, time) ?? message;
}

/** The label of the link that solves the status's problem. */
export function actionLabel({ code, label }: NonNullable<ScrobbleStatus['action']>): string {
  const labels: Readonly<Record<string, string>> = m.dotAction;
  return labels[code] ?? label;
}
