import { plural } from '../locale';

/** A collection's status after a run, by Kometa's name for it. */
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

/** Unknown statuses are shown unchanged. */
export function status(name: string): string {
  const minimum = /^Minimum (\d+) Not Met$/.exec(name)?.[1];
  if (minimum) return `Weniger als ${plural(Number(minimum), { one: 'Titel', other: 'Titel' })}`;
  return STATUSES[name] ?? name;
}
