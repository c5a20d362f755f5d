import type { FileProblem, Library, List, NotOnTrakt, QueueError, TraktSyncCategory } from '$lib/api';
import { number, plural, type PluralForms } from '../locale';
import type { en } from '../server';
import { candidate } from './candidates';
import { credentials, finding } from './findings';
import { reasonText } from './reasons';
import { status } from './statuses';

type Category = TraktSyncCategory['category'];

const THINGS: Record<Category, Required<Pick<PluralForms, 'one' | 'other'>>> = {
  history: { one: 'Wiedergabe', other: 'Wiedergaben' },
  ratings: { one: 'Bewertung', other: 'Bewertungen' },
  watchlist: { one: 'Titel der Merkliste', other: 'Titel der Merkliste' },
  collection: { one: 'Titel der Sammlung', other: 'Titel der Sammlung' },
  playback: { one: 'Fortsetzungspunkt', other: 'Fortsetzungspunkte' },
  recommendations: { one: 'ausgeblendete Empfehlung', other: 'ausgeblendete Empfehlungen' },
  dropped: { one: 'abgebrochene Serie', other: 'abgebrochene Serien' }
};

/** The name of a category on Trakt and the matching verb. */
const PARTS: Record<Category, [name: string, verb: string]> = {
  history: ['Dein Trakt-Verlauf', 'wurde'],
  ratings: ['Deine Bewertungen auf Trakt', 'wurden'],
  watchlist: ['Deine Merkliste auf Trakt', 'wurde'],
  collection: ['Deine Sammlung auf Trakt', 'wurde'],
  playback: ['Deine Fortsetzungspunkte auf Trakt', 'wurden'],
  recommendations: ['Deine Empfehlungen auf Trakt', 'wurden'],
  dropped: ['Deine abgebrochenen Serien auf Trakt', 'wurden']
};

const things = (category: Category, count: number) => plural(count, THINGS[category]);

/** The collection syncs only to Trakt. */
function collection(state: TraktSyncCategory['state']): string | undefined {
  switch (state) {
    case 'undecided':
      return 'Deine Mediathek steht nicht in deiner Sammlung auf Trakt, bis du dich entscheidest.';
    case 'importing':
      return 'Die Titel deiner Mediathek werden an deine Sammlung auf Trakt gesendet.';
    case 'skipping':
      return 'Deine Sammlung auf Trakt bleibt, wie sie ist.';
    case 'off':
      return 'Ausgeschaltet: An deine Sammlung auf Trakt wird nichts gesendet.';
    case 'cancelled':
      return 'Abgebrochen. Was gesendet wurde, bleibt. Starte die Übernahme erneut, um fortzufahren.';
    case 'following':
    case 'due':
    case 'waiting':
      return undefined;
  }
}

function category(status: TraktSyncCategory): string {
  const { category, state, done, total, held } = status;
  const special = category === 'collection' ? collection(state) : undefined;
  if (special) return special;
  const [name, verb] = PARTS[category];
  switch (state) {
    case 'undecided':
      return `${name} ${verb} noch nicht übernommen. Von Trakt wird nichts gelesen, bis du dich entscheidest.`;
    case 'importing':
      return total === undefined
        ? 'Die Übernahme von Trakt läuft.'
        : `Übernahme von Trakt: ${number(Math.min(done, total))} von ${things(category, total)}.`;
    case 'skipping':
      return 'Was schon auf Trakt steht, bleibt, wo es ist.';
    case 'following':
      return 'Auf dem gleichen Stand wie Trakt.';
    case 'due':
      return status.next
        ? 'Das Anfragelimit von Trakt ist erreicht. Die nächste Prüfung auf Änderungen wartet, bis wieder Anfragen erlaubt sind.'
        : 'Die nächste Prüfung auf Änderungen steht an.';
    case 'waiting':
      if (category === 'collection')
        return `${number(held)} Titel ${held === 1 ? 'hat' : 'haben'} hier keine Datei mehr. Das ist mehr, als Kinometa von selbst entfernt, deshalb ${held === 1 ? 'bleibt er' : 'bleiben sie'} in deiner Sammlung auf Trakt.`;
      return `${things(category, held)} ${held === 1 ? 'fehlt' : 'fehlen'} jetzt auf Trakt. Das ist mehr, als Kinometa von selbst entfernt, deshalb bleibt hier alles erhalten.`;
    case 'off':
      return 'Ausgeschaltet: Es wird nichts von Trakt gelesen und nichts gesendet.';
    case 'cancelled':
      return 'Die Übernahme wurde abgebrochen. Was schon übernommen wurde, bleibt. Du kannst sie jederzeit neu starten.';
  }
}

export const FAILURES: Record<Exclude<QueueError['code'], 'other'>, string> = {
  reconnect:
    'Trakt nimmt diese Verbindung nicht mehr an. Nichts ist verloren: Verbinde Trakt neu, dann wird es gesendet.',
  application_not_allowed:
    'Trakt nimmt die API-Anwendung dieses Servers nicht an. Dies wird gesendet, sobald ein Administrator eine gültige eingetragen hat.',
  account_limit:
    'Dein Trakt-Konto ist voll, daher wurde dies nicht hinzugefügt. Schaffe auf Trakt Platz und versuche es dann erneut.',
  locked:
    'Trakt hat dein Konto gesperrt. Dies wird aufbewahrt. Wende dich an den Trakt-Support und versuche es dann erneut.',
  deactivated:
    'Dein Trakt-Konto ist deaktiviert. Dies wird aufbewahrt. Aktiviere das Konto auf Trakt und versuche es dann erneut.',
  vip_needed: 'Trakt nimmt dies nur von VIP-Mitgliedern an, daher wurde es nicht hinzugefügt.',
  forbidden: 'Trakt erlaubt diesem Konto das nicht, daher wurde es nicht hinzugefügt.',
  not_found:
    'Trakt kennt diesen Titel unter den bekannten IDs nicht. Ändere die Zuordnung und versuche es dann erneut.',
  not_matched:
    'Diese Datei ist keinem Titel auf Trakt zugeordnet. Ändere die Zuordnung und versuche es dann erneut.',
  already_counted: 'Trakt hat dies schon gezählt.',
  refused: 'Trakt hat dies abgelehnt, daher steht es nicht dort.',
  other_account:
    'Dies war für ein anderes Trakt-Konto bestimmt als das, das jetzt verbunden ist, daher wurde es nicht gesendet. Versuche es erneut, um es an das jetzige zu senden, oder entferne es aus der Warteschlange.',
  edge_blocked:
    'Das Netzwerk von Trakt blockiert die Adresse dieses Servers. Kinometa versucht es von selbst erneut.',
  rate_limited: 'Trakt bittet um weniger Anfragen. Dies wird von selbst gesendet.',
  renewal_failed:
    'Die Verbindung zu Trakt konnte nicht erneuert werden. Kinometa versucht es von selbst erneut.',
  unreachable: 'Trakt ist nicht erreichbar. Dies wird von selbst gesendet, sobald es wieder da ist.',
  server: 'Trakt hat gerade Probleme. Kinometa versucht es von selbst erneut.',
  unexpected_answer: 'Trakt hat unerwartet geantwortet. Kinometa versucht es von selbst erneut.',
  unknown:
    'Die Antwort von Trakt ging verloren. Kinometa sendet dies nur so erneut, dass nichts doppelt zählt.',
  not_taken:
    'Trakt hat geantwortet, dies aber ohne Begründung nicht übernommen. Kinometa versucht es erneut; klappt es wieder nicht, entscheidest du hier.',
  token_store:
    'In die Datenbank kann nicht geschrieben werden, daher wird die Verbindung zu Trakt nicht erneuert. Schaffe Platz auf dem Server; danach wird dies von selbst gesendet.',
  not_set_up:
    'Das Client Secret der Trakt-Anwendung fehlt. Ein Administrator kann es unter Einstellungen, Trakt eintragen.',
  failed: 'Dies konnte nicht an Trakt gesendet werden. Näheres steht im Protokoll des Servers.',
  unreadable: 'Eine neuere Version von Kinometa hat diesen Eintrag angelegt. Aktualisiere Kinometa.',
  split: 'Die Einträge werden einzeln gesendet, um den zu finden, den Trakt ablehnt.'
};

const UNAVAILABLE: Record<NonNullable<Library['reason']>, (path: string) => string> = {
  unreadable: (path) =>
    `Der Ordner ${path} lässt sich nicht lesen. Seine Titel bleiben erhalten, bis er wieder da ist.`,
  empty: (path) =>
    `Der Ordner ${path} ist leer. Ist sein Laufwerk eingehängt? Seine Titel bleiben erhalten, bis er wieder da ist.`
};

const OUTDATED = 'daher ist diese Liste vielleicht nicht aktuell';

export const NOT_CURRENT: Record<NonNullable<List['reason']>, string> = {
  gone: 'Diese Liste gibt es auf Trakt nicht mehr, oder sie ist nicht mehr öffentlich. Was darauf stand, bleibt hier erhalten.',
  private:
    'Diese Liste wird nicht mehr mit deinem Trakt-Konto geteilt. Was darauf stand, bleibt hier erhalten.',
  switched_off:
    'Der Abgleich deiner Merkliste mit Trakt ist ausgeschaltet, daher folgt diese Liste Trakt nicht.',
  not_imported: 'Deine Merkliste auf Trakt wurde nicht übernommen, daher folgt diese Liste Trakt nicht.',
  not_connected: 'Trakt ist nicht verbunden, daher wird diese Liste nicht aktualisiert.',
  rate_limited: `Trakt bittet um weniger Anfragen, ${OUTDATED}. Sie wird von selbst aktualisiert.`,
  edge_blocked: `Das Netzwerk von Trakt blockiert die Adresse dieses Servers, ${OUTDATED}. Kinometa versucht es von selbst erneut.`,
  incomplete: `Die letzte Antwort von Trakt war unvollständig, ${OUTDATED}. Von ihr wurde nichts entfernt.`,
  vip_needed: 'Trakt zeigt diese Liste nur VIP-Mitgliedern.',
  not_refreshed:
    'Diese Liste konnte nicht aktualisiert werden und ist vielleicht veraltet. Kinometa versucht es von selbst erneut.'
};

export const PROBLEMS: Record<FileProblem['code'], string> = {
  unreadable:
    'Das lässt sich nicht lesen. Prüfe die Zugriffsrechte und das Laufwerk. Was darin gefunden wurde, bleibt erhalten.',
  not_probed:
    'Um Länge und Spuren dieser Datei zu lesen, wird ffprobe gebraucht. Installiere ffmpeg auf dem Server und lies erneut ein.',
  damaged: 'Die Datei sieht beschädigt aus. Ersetze sie, oder versuche trotzdem, sie abzuspielen.',
  half_copied: 'Die Datei wird noch kopiert. Sobald sie vollständig ist, wird sie erneut gelesen.',
  truncated: 'Die Datei ist unvollständig. Kopiere sie noch einmal.',
  unrecognised: 'Im Dateinamen fehlt die Folgennummer. Benenne die Datei zum Beispiel in „Serie S01E02“ um.',
  symlink_loop: 'Dieser Link führt in einen Ordner über ihm zurück und wurde übersprungen.',
  broken_link: 'Dieser Link führt ins Leere. Repariere oder entferne ihn.',
  not_utf8:
    'Der Dateiname ist kein gültiges UTF-8. Die Datei lässt sich abspielen; benenne sie um, damit ihr Name ganz angezeigt wird.',
  empty: 'Die Datei ist leer. Kopiere sie noch einmal oder entferne sie.',
  too_deep: 'Dieser Ordner ist zu tief verschachtelt und wurde übersprungen.',
  not_video: 'Das ist kein Video. Ersetze die Datei durch das Video, oder entferne sie.',
  dvd_folder:
    'DVD-Ordner lassen sich nicht abspielen. Wandle den Film in eine einzelne Datei um, zum Beispiel MKV, und lies erneut ein.',
  trailer: 'Dem Namen nach ein Trailer.',
  sample: 'Dem Namen nach ein Ausschnitt (Sample).',
  extra: 'Dem Namen oder Ordner nach Bonusmaterial.',
  disc_extra: 'Aus einem Blu-ray-Ordner wird nur der längste Titel abgespielt, und dies ist ein kürzerer.',
  hidden: 'Namen, die mit einem Punkt beginnen, sind verborgen.',
  system: 'Dieser Ordner gehört dem System oder dem Gerät.',
  unpacking: 'Ein Download-Programm entpackt dies noch, oder es ist daran gescheitert.',
  marked: 'Im Ordner liegt eine Datei „.ignore“ oder „.nomedia“.',
  pattern: 'Eine Zeile in „.plexignore“ nennt dies.',
  not_a_file: 'Das ist eine Pipe, ein Socket oder ein Gerät, keine Datei.',
  linked_twice: 'Ein anderer Link führt in denselben Ordner, der dort aufgeführt ist.',
  unsupported_subtitle: 'Untertitel in diesem Format lassen sich nicht anzeigen. Wandle sie in SRT um.'
};

const NOT_ON_TRAKT: Record<NotOnTrakt['reason'], string> = {
  private: 'Privat gesehen: An Trakt wurde nichts gesendet.',
  excluded: 'Von Trakt ausgeschlossen: Nichts über diesen Titel verlässt den Server.',
  switched_off: 'Der Abgleich deines Verlaufs ist ausgeschaltet, daher bleibt dies hier.',
  not_matched:
    'Trakt kann diesen Titel nicht zuordnen. Ändere die Zuordnung, dann wird die Wiedergabe gesendet.',
  queued: 'Wartet darauf, an Trakt gesendet zu werden.',
  refused: 'Trakt hat dies abgelehnt.',
  not_connected: 'Es ist kein Trakt-Konto verbunden.',
  not_sent: 'Gesehen, bevor Trakt verbunden war. Übernimm deinen Verlauf, um dies zu senden.',
  kept: 'Auf Trakt entfernt und hier behalten. Übernimm deinen Verlauf, um dies erneut zu senden.'
};

export const server: typeof en = {
  category,
  change: ({ category, count, direction, title, what, reason }) => {
    if (!title)
      return direction === 'from_trakt'
        ? `${things(category, count)} von Trakt übernommen.`
        : `${things(category, count)} an Trakt gesendet.`;
    const thing = THINGS[category].one;
    const done = { added: 'hinzugefügt', changed: 'geändert', removed: 'entfernt' }[what];
    const sentence = (text: string) => text[0]?.toUpperCase() + text.slice(1);
    if (direction === 'to_trakt') return sentence(`${thing} auf Trakt ${done}.`);
    if (what === 'added' && reason === 'import') return sentence(`${thing} von Trakt übernommen.`);
    return sentence(`${thing} ${done}, von Trakt übernommen.`);
  },
  plan: ({ category, confirmed, direction, items, total }) => {
    if (confirmed) return `${things(category, items)} werden entfernt, wie von dir bestätigt.`;
    const part = `${number(items)} von ${things(category, total)} ${items === 1 ? 'fehlt' : 'fehlen'}`;
    return direction === 'from_trakt'
      ? `${part} jetzt auf Trakt. Hier wird nichts entfernt, bis du dich entscheidest.`
      : `${part} jetzt hier. Auf Trakt wird nichts entfernt, bis du dich entscheidest.`;
  },
  importWarning: ({ code, message }) =>
    ({
      plex_sync:
        'Trakt holt selbst Wiedergaben von einem deiner Plex-Server. Wenn du dieselben Dateien mit Kinometa und mit Plex siehst, schalte das auf trakt.tv unter Einstellungen, Plex aus, sonst können Wiedergaben doppelt erscheinen.'
    })[code] ?? message,
  importLimit: ({ limit, left }) =>
    `Deine Merkliste auf Trakt fasst höchstens ${number(limit)} Einträge, daher würde Trakt ${number(left)} davon nicht annehmen. Alles andere läuft weiter.`,
  queueError: ({ code, message, action }) =>
    (FAILURES as Partial<Record<string, string>>)[code] ?? [message, action].filter(Boolean).join(' '),
  syncProblem: ({ code, message }) => (FAILURES as Partial<Record<string, string>>)[code] ?? message,
  fileProblem: ({ code, message }) =>
    (code && (PROBLEMS as Partial<Record<string, string>>)[code]) ?? message,
  candidate,
  applicationProblem: (problem) => reasonText({ reason: 'client_id_refused' })?.message ?? problem,
  notOnTrakt: ({ reason, code, message }) =>
    (code && (FAILURES as Partial<Record<string, string>>)[code]) ?? NOT_ON_TRAKT[reason] ?? message,
  play: ({ code, message }) => (code && (FAILURES as Partial<Record<string, string>>)[code]) ?? message,
  library: ({ reason, path, message }) => (reason && UNAVAILABLE[reason]?.(path)) ?? message,
  scan: ({ incomplete, message }) => {
    switch (incomplete?.reason) {
      case 'stopped':
        return 'Das Einlesen wurde angehalten.';
      case 'unreadable':
      case 'empty':
        return UNAVAILABLE[incomplete.reason](incomplete.path);
      case 'database':
        return 'Das Einlesen ist an einem Fehler der Datenbank gescheitert. Näheres steht im Protokoll des Servers.';
      case 'panicked':
        return 'Das Einlesen ist an einem Fehler in Kinometa gescheitert. Näheres steht im Protokoll des Servers.';
      default:
        return message;
    }
  },
  finding,
  status,
  credentials,
  plexFailure: ({ because: reason, failure }) => {
    const text = reason && reasonText(reason);
    return text ? [text.message, text.action].filter(Boolean).join(' ') : failure;
  },
  list: ({ reason, message }) => (reason && NOT_CURRENT[reason]) ?? message
};
