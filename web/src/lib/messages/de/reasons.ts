// Texts for the exact reason of an error.
import type { ErrorReason } from '$lib/api/schema';
import { number } from '../locale';

export interface ErrorText {
  message: string;
  action?: string;
}

type Code = ErrorReason['reason'];
type Sentence<C extends Code> = (facts: Extract<ErrorReason, { reason: C }>) => string | ErrorText;

const NEW_CODE = 'Fordere einen neuen Code an.';
const OWNERS_TOKEN = 'Trage das X-Plex-Token des Serverbesitzers ein.';

const INSTALL_FFMPEG =
  'Installiere ffmpeg auf dem Server (unter Debian: apt install ffmpeg) und versuche es erneut.';
const RESCAN_DISK = 'Schließe das Laufwerk an und lies die Mediathek erneut ein.';

type Contents = Extract<ErrorReason, { reason: 'no_encoder' }>;

const contents = ({ container, video, audio }: Pick<Contents, 'container' | 'video' | 'audio'>) =>
  `Dies ist eine Datei im Format ${container ?? 'unbekannt'} (Video: ${video ?? 'unbekannt'}, Ton: ${audio ?? 'keiner'}).`;

/** What a request can refer to, in the accusative: “Diesen Titel gibt es nicht.” */
const ITEMS: Record<string, string> = {
  address: 'Diese Adresse',
  change: 'Diese Änderung',
  collection: 'Diese Sammlung',
  'config file': 'Diese Konfigurationsdatei',
  file: 'Diese Datei',
  folder: 'Diesen Ordner',
  image: 'Dieses Bild',
  library: 'Diese Mediathek',
  list: 'Diese Liste',
  match: 'Diese Zuordnung',
  person: 'Diese Person',
  plan: 'Diese Entscheidung',
  play: 'Diese Wiedergabe',
  playback: 'Diese Wiedergabe',
  preview: 'Dieses Vorschaubild',
  'queue entry': 'Diesen Eintrag der Warteschlange',
  scan: 'Diesen Einlesevorgang',
  season: 'Diese Staffel',
  segment: 'Diesen Abschnitt des Videos',
  subtitle: 'Diese Untertitel',
  'subtitle track': 'Diese Untertitel',
  title: 'Diesen Titel',
  token: 'Dieses Token',
  user: 'Diesen Benutzer'
};

/** The type ensures that no reason is missing; the test compares them with the server's API description. */
export const REASONS: { [C in Code]: Sentence<C> } = {
  gone: ({ what }) => `${ITEMS[what] ?? 'Das'} gibt es nicht oder nicht mehr.`,
  not_together: () => ({
    message: 'Jemand, den du ausgewählt hast, kann nicht mehr mit dir schauen.',
    action: 'Die Person kann Zusammen schauen in ihrem Profil wieder einschalten.'
  }),
  malformed: ({ detail }) => `Die Anfrage ist ungültig: ${detail}`,
  empty: () => 'Trage hier etwas ein.',
  too_long: ({ most }) => `Höchstens ${number(most)} Zeichen sind möglich.`,
  control_characters: () => 'Steuerzeichen sind hier nicht erlaubt.',
  invisible_characters: () =>
    'Unsichtbare Zeichen und solche, die die Schreibrichtung ändern, sind hier nicht erlaubt.',
  mixed_scripts: () =>
    'Buchstaben aus verschiedenen Schriften in einem Wort lassen sich mit einem anderen Namen verwechseln. Verwende nur eine Schrift.',
  username_characters: () =>
    'Ein Benutzername besteht aus Buchstaben, Ziffern, Leerzeichen und einfachen Satzzeichen.',
  username_taken: () => 'Dieser Benutzername ist vergeben. Wähle einen anderen.',
  username_alike: ({ username }) =>
    `Das sieht aus wie der Benutzername ${username}. Wähle einen, der sich unterscheiden lässt.`,
  password_too_short: ({ least }) => `Das Passwort braucht mindestens ${number(least)} Zeichen.`,
  password_too_long: ({ most }) => `Das Passwort darf höchstens ${number(most)} Byte lang sein.`,
  preferences_too_large: ({ most }) => `Einstellungen dürfen höchstens ${number(most)} KiB groß sein.`,
  already_set_up: () => 'Dieser Server ist schon eingerichtet. Melde dich an.',
  last_administrator: () =>
    'Dies ist der einzige Administrator. Mach zuerst jemand anderen zum Administrator.',
  not_absolute: ({ example }) =>
    `Trage einen vollständigen Pfad auf dem Server ein, zum Beispiel ${example}.`,
  not_yaml: () => 'Die Datei von Kometa heißt config.yml: Wähle eine Datei mit der Endung .yml oder .yaml.',
  file_registered: () => 'Diese Datei ist schon eingetragen.',
  file_unreadable: ({ detail }) => `Diese Datei lässt sich nicht lesen: ${detail}`,
  not_running: () => 'Diese Sammlungen werden gerade nicht erstellt.',
  other_kind: () => 'Diese Mediathek passt nicht zur Datei: Die eine ist für Filme, die andere für Serien.',
  time_of_day: () => 'Trage eine Uhrzeit wie 04:30 ein.',
  no_folder: ({ path }) => `Den Ordner ${path} gibt es auf dem Server nicht, oder er lässt sich nicht lesen.`,
  folder_forbidden: () => 'Kinometa darf diesen Ordner nicht lesen. Prüfe seine Zugriffsrechte.',
  library_overlaps: ({ library }) => `Dieser Ordner überschneidet sich mit der Mediathek „${library}“.`,
  library_exists: () => 'Dieser Ordner ist schon eine Mediathek.',
  no_trakt_title: () => 'Diesen Titel gibt es auf Trakt nicht.',
  trakt_title_taken: () => 'Dieser Titel von Trakt ist schon in der Mediathek.',
  play_exists: () => 'Diese Wiedergabe steht schon in deinem Verlauf.',
  exists: () => 'Das gibt es schon.',
  implausible_time: () => 'Der Zeitpunkt liegt in der Zukunft oder vor dem ersten Film.',
  rating_range: () => 'Bewerte mit einer ganzen Zahl von 1 bis 10.',
  too_many_at_once: ({ most }) => `Wähle höchstens ${number(most)} auf einmal.`,
  year_range: () => 'Trage ein Jahr zwischen 1888 und 9998 ein.',
  no_audio_track: () => 'Diese Tonspur gibt es in der Datei nicht.',
  no_subtitle_track: () => 'Diese Untertitel gibt es in der Datei nicht.',
  stream_expired: () => 'Diese Adresse gilt nicht mehr. Starte die Wiedergabe neu.',
  subtitle_too_large: () => 'Diese Untertiteldatei ist zu groß.',
  no_file: () => 'Zu diesem Titel gibt es in der Mediathek keine Datei.',
  file_unavailable: ({ path }) => ({
    message: `Die Datei ${path} ist nicht verfügbar. Vielleicht ist ihr Laufwerk nicht angeschlossen.`,
    action: RESCAN_DISK
  }),
  length_unknown: ({ path, needs_ffprobe }) => ({
    message: `Die Länge von ${path} ist nicht bekannt, daher lässt sich die Datei nicht abspielen.`,
    action: needs_ffprobe
      ? 'Installiere ffmpeg auf dem Server und lies die Mediathek erneut ein.'
      : 'Vielleicht ist sie beschädigt oder unvollständig. Kopiere sie noch einmal, oder verpacke sie mit ffmpeg oder MKVToolNix neu.'
  }),
  no_video: ({ path }) => ({
    message: `Die Datei ${path} ist kein Video.`,
    action: 'Ersetze die Datei durch das Video und lies die Mediathek erneut ein.'
  }),
  no_encoder: (file) => ({
    message: `${contents(file)} Dem installierten ffmpeg fehlt der H.264-Encoder (libx264).`,
    action: 'Installiere auf dem Server ein ffmpeg mit libx264 und versuche es erneut.'
  }),
  ffmpeg_to_play: (file) => ({
    message: `${contents(file)} Der Browser kann sie nicht direkt abspielen. Dafür wird ffmpeg gebraucht, das auf dem Server nicht installiert ist.`,
    action: INSTALL_FFMPEG
  }),
  ffmpeg_to_stream: () => ({
    message:
      'Diese Datei muss für den Browser umgewandelt werden. Dafür wird ffmpeg gebraucht, das auf dem Server nicht installiert ist.',
    action: INSTALL_FFMPEG
  }),
  ffmpeg_for_subtitles: () => ({
    message:
      'Diese Untertitel stecken im Video. Um sie herauszulesen, wird ffmpeg gebraucht, das auf dem Server nicht installiert ist.',
    action: INSTALL_FFMPEG
  }),
  ffmpeg_failed: ({ detail }) => ({
    message: `Das Umwandeln mit ffmpeg ist gescheitert: ${detail}`,
    action:
      'Die Datei ist vielleicht beschädigt. Versuche eine andere Version. Näheres steht im Protokoll des Servers.'
  }),
  stream_limit: ({ most }) => ({
    message: `Du hast schon ${number(most)} Videos geöffnet. Mehr sind nicht gleichzeitig möglich.`,
    action: 'Schließe einen Player und versuche es erneut.'
  }),
  sign_ins_busy: () => ({
    message: 'Gerade melden sich zu viele Personen an.',
    action: 'Versuche es gleich noch einmal.'
  }),
  plex_address: () => 'Trage eine Adresse wie http://192.168.1.5:32400 ein.',
  plex_token_missing: () => OWNERS_TOKEN,
  plex_token_malformed: () => 'Das Token enthält Zeichen, die kein Plex-Token hat.',
  plex_timeout: () => 'Trage eine Zahl von 1 bis 3600 Sekunden ein.',
  plex_token_refused: () => ({ message: 'Plex nimmt das Token nicht an.', action: OWNERS_TOKEN }),
  plex_read_only: () => ({
    message: 'Mit diesem Token lässt sich auf Plex nichts ändern.',
    action: 'Trage das Token des Serverbesitzers ein, nicht das eines Gastes.'
  }),
  plex_maintenance: () => ({
    message: 'Plex startet gerade oder wartet seine Datenbank.',
    action: 'Versuche es in ein paar Minuten erneut.'
  }),
  plex_slow: () => ({
    message: 'Plex hat nicht rechtzeitig geantwortet.',
    action: 'Vielleicht ist es beschäftigt. Versuche es erneut, oder lass ihm mehr Zeit.'
  }),
  plex_unreachable: () => ({
    message: 'Plex ist nicht erreichbar.',
    action: 'Prüfe Adresse und Port, und ob dieser Server sie erreicht. Prüfe bei https auch das Zertifikat.'
  }),
  plex_redirects: () => ({
    message: 'Plex leitet auf eine andere Adresse weiter.',
    action: 'Trage die Adresse ein, auf die es weiterleitet.'
  }),
  not_plex: () => ({
    message: 'Unter dieser Adresse antwortet kein Plex-Server.',
    action: 'Prüfe Adresse und Port.'
  }),
  plex_unexpected: () => ({
    message: 'Plex hat unerwartet geantwortet.',
    action: 'Näheres steht im Protokoll des Servers.'
  }),
  client_id_missing: () => 'Trage die Client ID deiner Trakt-Anwendung ein.',
  client_id_malformed: () => 'Das ist keine Client ID von Trakt. Kopiere sie noch einmal.',
  client_id_refused: () =>
    'Trakt nimmt diese Anwendung nicht an. Sie wurde gelöscht, ist nicht freigegeben, oder die Client ID ist unvollständig. Prüfe sie auf developer.trakt.tv, oder lege eine neue an und trage sie hier ein.',
  client_secret_missing: () => 'Trage das Client Secret ein.',
  client_secret_malformed: () => 'Das ist kein Client Secret von Trakt. Kopiere es noch einmal.',
  client_secret_refused: () =>
    'Trakt kennt diese Client ID, aber das Client Secret gehört nicht dazu. Kopiere es noch einmal von der Seite der Anwendung auf developer.trakt.tv.',
  config_unusable: ({ detail }) => `Diese Datei lässt sich nicht verwenden: ${detail}`,
  grant_declined: () => 'Die Freigabe wurde auf Trakt abgelehnt.',
  grant_expired: () => `Der Code ist abgelaufen. ${NEW_CODE}`,
  grant_used: () => `Der Code wurde schon benutzt. ${NEW_CODE}`,
  watched_percent: ({ low, high }) =>
    `Wähle ${number(low)} bis ${number(high)} Prozent: Trakt zählt alles ab ${number(low)} Prozent, und eine höhere Marke wird nie erreicht.`,
  no_library: () => 'Diese Mediathek gibt es nicht. Vielleicht wurde sie entfernt.',
  no_title: () => 'Diesen Titel gibt es nicht. Vielleicht wurde er entfernt.',
  list_address_empty: () => 'Trage die Adresse einer Liste auf Trakt ein.',
  list_address_elsewhere: () =>
    'Das ist keine Adresse auf Trakt. Sie sieht so aus: https://trakt.tv/users/name/lists/name-der-liste',
  list_address_other: () =>
    'Diese Seite auf Trakt ist keine einzelne Liste. Öffne die Liste dort und kopiere ihre Adresse.',
  undone_already: () => 'Diese Änderung wurde schon rückgängig gemacht.',
  undo_other_account: () =>
    'Diese Änderung entstand mit einem anderen Trakt-Konto als dem, das verbunden ist.',
  undo_unknown: () =>
    'Diese Änderung lässt sich nicht rückgängig machen: Wie es vorher war, ist nicht bekannt.',
  undo_gone: () =>
    'Diese Änderung lässt sich nicht rückgängig machen: Was sie hinzugefügt hat, gibt es nicht mehr.'
};

/** `undefined` for an unknown reason, such as one of a newer server. */
export function reasonText(reason: ErrorReason): ErrorText | undefined {
  const sentence = REASONS[reason.reason] as ((facts: ErrorReason) => string | ErrorText) | undefined;
  const text = sentence?.(reason);
  return typeof text === 'string' ? { message: text } : text;
}
