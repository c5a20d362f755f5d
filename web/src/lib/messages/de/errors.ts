import type { ErrorCode } from '$lib/api/schema';
import type { en } from '../errors';
import { plural } from '../locale';
import { reasonText, type ErrorText } from './reasons';

/** Texts by error code, for errors without a more exact reason. */
export const ERROR_TEXTS: Record<
  Exclude<
    ErrorCode,
    | 'cannot_undo'
    | 'conflict'
    | 'conversion_failed'
    | 'ffmpeg_missing'
    | 'file_missing'
    | 'invalid'
    | 'not_found'
    | 'not_probed'
    | 'not_video'
    | 'plex_unavailable'
    | 'too_many_streams'
    | 'wrong_password'
  >,
  ErrorText
> = {
  signed_out: { message: 'Du bist abgemeldet. Melde dich an, um fortzufahren.' },
  forbidden: { message: 'Das darf nur ein Administrator.' },
  cross_site: { message: 'Diese Anfrage kam von einer anderen Website und wurde abgelehnt.' },
  internal: {
    message: 'Auf dem Server ist etwas schiefgegangen.',
    action: 'Näheres steht in seinem Protokoll.'
  },
  too_many: { message: 'Zu viele Fehlversuche.' },
  too_large: { message: 'Die Anfrage ist zu groß.' },
  method_not_allowed: { message: 'Unter dieser Adresse ist das nicht möglich.' },
  request_timeout: {
    message: 'Die Anfrage kam nicht rechtzeitig an. Prüfe die Verbindung und versuche es erneut.'
  },
  no_host: { message: 'Die Anfrage nennt keinen gültigen Server.' },
  unknown_host: {
    message: 'Unter diesem Namen ist dieser Server nicht bekannt.',
    action:
      'Ist es einer seiner Namen, muss ein Administrator ihn mit --allowed-host freigeben. Die IP-Adresse geht immer.'
  },
  picture_unreachable: { message: 'Das Bild lässt sich gerade nicht herunterladen.' },
  database_unavailable: {
    message: 'Die Datenbank ist nicht verfügbar, oder es kann nicht in sie geschrieben werden.',
    action:
      'Versuche es gleich noch einmal. Wenn es nicht aufhört, prüfe den freien Speicherplatz und das Protokoll des Servers.'
  },
  trakt_not_configured: {
    message: 'Trakt ist nicht eingerichtet: Dieser Server hat keine Trakt-API-Anwendung.',
    action: 'Ein Administrator kann sie unter Einstellungen, Trakt eintragen.'
  },
  trakt_not_connected: {
    message: 'Es ist kein Trakt-Konto verbunden.',
    action: 'Verbinde es unter Einstellungen, Trakt.'
  },
  trakt_unreachable: {
    message: 'Trakt hat nicht wie erwartet geantwortet. Es wurde nichts geändert.',
    action:
      'Vielleicht ist Trakt gestört, überlastet oder blockiert diesen Server. Prüfe die Internetverbindung des Servers, oder versuche es später erneut.'
  },
  trakt_unavailable: {
    message: 'Trakt ist gerade nicht erreichbar.',
    action: 'Auf diesem Server funktioniert alles weiter. Versuche es später erneut.'
  },
  list_not_found: {
    message: 'Diese Liste gibt es auf Trakt nicht, oder sie ist privat.',
    action: 'Prüfe die Adresse. Privaten Listen kann nur folgen, wem sie gehören.'
  },
  list_private: { message: 'Diese Liste wird nicht mit deinem Trakt-Konto geteilt.' },
  system_list: { message: 'Die Merkliste deines Trakt-Kontos bleibt hier, solange das Konto verbunden ist.' },
  busy: {
    message: 'Der Server wandelt schon so viele Videos um, wie er kann.',
    action: 'Versuche es erneut, wenn eines zu Ende ist.'
  },
  disk_full: {
    message: 'Der Speicher des Servers ist voll, daher lässt sich das Video nicht umwandeln.',
    action: 'Schaffe Platz auf dem Laufwerk mit dem Datenordner von Kinometa und versuche es erneut.'
  },
  already_running: {
    message: 'Diese Sammlungen werden schon erstellt.',
    action: 'Warte, bis sie fertig sind, oder brich den Lauf ab.'
  }
};

const WRONG_PASSWORD = 'Das Passwort ist falsch.';
const WRONG_SIGN_IN = 'Benutzername oder Passwort ist falsch.';

export const errors: typeof en = {
  offline: 'Kinometa ist nicht erreichbar.',
  offlineAction:
    'Prüfe, ob der Server läuft und ob dieses Gerät im selben Netzwerk ist. Die Seite versucht es von selbst erneut.',
  badStatus: (status) => `Der Server hat einen Fehler gemeldet (${status}).`,
  badStatusAction: 'Versuche es erneut. Wenn es nicht aufhört, sieh ins Protokoll des Servers.',
  page: 'Auf dieser Seite ist etwas schiefgegangen.',
  pageAction: 'Lade die Seite neu und versuche es noch einmal.',
  retryAfter: (seconds) =>
    seconds < 120
      ? `Versuche es in ${plural(seconds, { one: 'Sekunde', other: 'Sekunden' })} erneut.`
      : `Versuche es in ${plural(Math.ceil(seconds / 60), { one: 'Minute', other: 'Minuten' })} erneut.`,

  localized: ({ code, because, message, action, fields }) => {
    if (code === 'wrong_password') return { message: fields?.current ? WRONG_PASSWORD : WRONG_SIGN_IN };
    const known = ERROR_TEXTS as Partial<Record<string, ErrorText>>;
    return (because && reasonText(because)) ?? known[code] ?? { message, action };
  },

  notFoundTitle: 'Seite nicht gefunden',
  notFoundText: 'Die Adresse stimmt vielleicht nicht, oder die Seite gibt es nicht mehr.',
  brokenTitle: 'Diese Seite konnte nicht geladen werden',
  brokenText:
    'Kinometa ist vielleicht gerade nicht erreichbar. Die Seite lädt neu, sobald der Server antwortet.',
  windowTitleNotFound: 'Seite nicht gefunden',
  windowTitleBroken: 'Fehler'
};
