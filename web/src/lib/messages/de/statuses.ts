import { plural } from '../locale';

/** What became of a collection, by Kometa's words for it. */
export const STATUSES: Record<string, string> = {
  Created: 'Erstellt',
  Modified: 'Geändert',
  Unchanged: 'Unverändert',
  'Updated Metadata': 'Angaben aktualisiert',
  Deleted: 'Gelöscht',
  'Not Scheduled': 'Nicht an der Reihe',
  'Deleted Not Scheduled': 'Gelöscht, weil nicht an der Reihe',
  'Skipped Run Definition': 'Nicht für diese Mediathek',
  'Already Created': 'Schon erstellt',
  Ignored: 'Nicht erstellt',
  'Waiting for Confirmation': 'Wartet auf Bestätigung',
  'Builder Validation Error': 'Fehler in der Definition',
  'Service Error': 'Quelle nicht lesbar',
  Failure: 'Fehlgeschlagen'
};

/** A word that this version does not know is shown as it is. */
export function status(words: string): string {
  const minimum = /^Minimum (\d+) Not Met$/.exec(words)?.[1];
  if (minimum) return `Weniger als ${plural(Number(minimum), { one: 'Titel', other: 'Titel' })}`;
  return STATUSES[words] ?? words;
}
