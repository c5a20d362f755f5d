import type { en } from '../errors';
import { plural } from '../locale';

export const errors: typeof en = {
  offline: 'Kinometa ist nicht erreichbar.',
  offlineAction:
    'Prüfe, ob der Server läuft und ob dieses Gerät im selben Netzwerk ist. Die Seite versucht es von selbst erneut.',
  badStatus: (status) => `Der Server hat einen Fehler gemeldet (${status}).`,
  badStatusAction: 'Versuche es erneut. Wenn es nicht aufhört, sieh ins Protokoll des Servers.',
  page: 'Auf dieser Seite ist etwas schiefgegangen.',
  pageAction: 'Lade die Seite neu und versuche es noch einmal.',
  retryAfter: (seconds) => `Versuche es in ${plural(seconds, { one: 'Sekunde', other: 'Sekunden' })} erneut.`,

  notFoundTitle: 'Seite nicht gefunden',
  notFoundText: 'Die Adresse stimmt vielleicht nicht, oder die Seite gibt es nicht mehr.',
  brokenTitle: 'Diese Seite konnte nicht geladen werden',
  brokenText:
    'Kinometa ist vielleicht gerade nicht erreichbar. Die Seite lädt neu, sobald der Server antwortet.',
  windowTitleNotFound: 'Seite nicht gefunden',
  windowTitleBroken: 'Fehler'
};
