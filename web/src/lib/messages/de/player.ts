import type { en } from '../player';
import { number, percent } from '../locale';

export const player: typeof en = {
  player: 'Player',
  playing: (title) => `${title} läuft`,
  exit: 'Player schließen',
  loading: 'Wird geladen',
  stillOpening: 'Die Datei wird noch geöffnet. Gibt sie ihre Länge nicht an, misst Kinometa sie zuerst.',

  play: 'Abspielen',
  pause: 'Pause',
  back: (seconds) => `${seconds} Sekunden zurück`,
  forward: (seconds) => `${seconds} Sekunden vor`,
  nextEpisode: (code, name) => `Nächste Folge: ${code} ${name}`,
  shortcuts: 'Tastenkürzel',
  pictureInPicture: 'Bild im Bild',
  exitPictureInPicture: 'Bild im Bild beenden',
  fullScreen: 'Vollbild',
  exitFullScreen: 'Vollbild beenden',
  seekBar: 'Position',
  positionOf: (position, duration) => `${position} von ${duration}`,
  volume: 'Lautstärke',
  mute: 'Stumm schalten',
  unmute: 'Ton einschalten',
  muted: 'Stumm',
  unmuted: 'Ton an',
  percent,
  audio: 'Ton',
  subtitles: 'Untertitel',
  subtitlesOff: 'Aus',
  subtitlesTurnedOff: 'Untertitel aus',
  subtitleOffset: (seconds) =>
    seconds === 0
      ? 'Untertitel ohne Versatz'
      : `Untertitel ${number(Math.abs(seconds))} s ${seconds > 0 ? 'später' : 'früher'}`,
  subtitleSize: 'Größe der Untertitel',
  subtitleSizes: { small: 'Klein', medium: 'Mittel', large: 'Groß', huge: 'Sehr groß' },
  subtitleBackground: 'Hintergrund der Untertitel',
  subtitleBackgrounds: { box: 'Dunkler Kasten', shadow: 'Schatten', none: 'Keiner' },
  skip: { intro: 'Vorspann überspringen', recap: 'Rückblick überspringen', credits: 'Abspann überspringen' },
  speed: 'Geschwindigkeit',
  normalSpeed: 'Normal',
  rate: (rate) => `${number(rate)}×`,
  seekedBy: (seconds) => `${seconds > 0 ? '+' : '−'}${Math.abs(seconds)} s`,

  notConnected: 'Trakt nicht verbunden',
  scrobble: {
    off: 'Geht nicht an Trakt',
    scrobbling: 'Wird gescrobbelt',
    queued: 'Wartet auf Abgleich',
    failed: 'Nicht gescrobbelt',
    private: 'Privat'
  },
  dot: {
    not_configured: () => 'Trakt ist nicht eingerichtet. Was du siehst, bleibt auf diesem Server.',
    disconnected: () => 'Nicht verbunden. Was du siehst, bleibt auf diesem Server.',
    reconnect: () =>
      'Trakt nimmt diese Verbindung nicht mehr an. Nichts geht verloren: Verbinde neu, und alles Wartende wird gesendet.',
    application_not_allowed: () =>
      'Trakt nimmt die API-Anwendung dieses Servers nicht an. Was du siehst, wird aufbewahrt und gesendet, sobald ein Administrator eine andere eingetragen hat.',
    locked: () =>
      'Trakt hat dein Konto gesperrt. Was du siehst, wird hier aufbewahrt. Wende dich an den Trakt-Support.',
    deactivated: () =>
      'Dein Trakt-Konto ist deaktiviert. Was du siehst, wird hier aufbewahrt. Aktiviere es auf Trakt wieder.',
    rate_limited: (time) =>
      `Trakt bittet um eine Pause${time ? ` bis ${time}` : ''}. Was du siehst, wird später abgeglichen.`,
    token_store: () =>
      'In die Datenbank des Servers kann nicht geschrieben werden, daher wird die Verbindung zu Trakt nicht erneuert. Schaffe Platz auf dem Server.',
    server: () => 'Trakt hat gerade Probleme. Kinometa versucht es von selbst erneut.',
    unexpected_answer: () => 'Trakt hat unerwartet geantwortet. Kinometa versucht es von selbst erneut.',
    unknown: () =>
      'Die Antwort von Trakt ging verloren. Kinometa prüft, was angekommen ist, damit nichts doppelt zählt.',
    account_limit: () =>
      'Dein Trakt-Konto ist voll, daher wurde dies nicht hinzugefügt. Hier bleibt es erhalten.',
    vip_needed: () => 'Trakt nimmt dies nur von VIP-Mitgliedern an, daher wurde es nicht hinzugefügt.',
    forbidden: () => 'Trakt erlaubt diesem Konto das nicht, daher wurde es nicht hinzugefügt.',
    not_found: () => 'Trakt kennt diesen Titel unter den bekannten IDs nicht, daher fehlt er dort.',
    not_matched: () => 'Diese Datei ist keinem Titel auf Trakt zugeordnet, daher wurde sie nicht gesendet.',
    already_counted: () => 'Trakt hat dies schon gezählt.',
    refused: () => 'Trakt hat dies abgelehnt.',
    excluded: () => 'Dieser Titel oder seine Mediathek ist von Trakt ausgenommen.',
    switched_off: () => 'Deine Einstellungen halten dies von Trakt fern.',
    private: () => 'Privat. An Trakt wird nichts gesendet, und dein Verlauf kennzeichnet es als privat.',
    ready: () => 'Verbunden. Das Scrobbeln beginnt, sobald du abspielst.',
    checking_deleted: () =>
      'Du hast dies gelöscht. Kinometa prüft, ob es auf Trakt steht, um es auch dort zu löschen.',
    deleted: () => 'Du hast dies gelöscht. Auch auf Trakt steht es nicht.',
    watching: () => 'Trakt zeigt, dass du dies gerade siehst.',
    position_kept: () => 'Deine Position ist auf Trakt gespeichert.',
    counted: () => 'Auf Trakt gezählt.',
    not_counted: () => 'Nicht weit genug gesehen, um zu zählen. Deine Position ist auf Trakt gespeichert.',
    checking: () => 'Trakt hat das noch nicht bestätigt. Kinometa prüft, ob es gezählt hat.',
    catching_up: () => 'Trakt war nicht rechtzeitig erreichbar. Dies wird später gesendet.',
    sending: () => 'Wird an Trakt gesendet.',
    waiting: () => 'Wartet auf Abgleich.'
  },
  dotAction: {
    connect: 'Trakt verbinden',
    application: 'Trakt einrichten',
    match: 'Zuordnung ändern',
    settings: 'Trakt-Einstellungen',
    queue: 'Warteschlange ansehen'
  },
  watched: 'Gesehen',
  scrobbleLabel: (state) => `Trakt: ${state}`,
  serverAway: 'Kinometa antwortet nicht. Sobald der Server wieder da ist, wird alles nachgeholt.',

  resumeQuestion: 'Fortsetzen?',
  stoppedAt: (position, duration) => `Du hast bei ${position} von ${duration} aufgehört.`,
  resumeAt: (position) => `Ab ${position} fortsetzen`,
  startOver: 'Von vorn beginnen',

  theEnd: 'Ende',
  upNext: (code) => `Als Nächstes: ${code}`,
  playNext: 'Nächste Folge abspielen',
  playingIn: (seconds) => `Startet in ${seconds}`,
  cancelAutoplay: 'Abbrechen',
  watchAgain: 'Noch einmal ansehen',

  waitingForServer: 'Warten auf Kinometa',
  continuesFrom: (position) => `Es geht bei ${position} weiter, sobald der Server antwortet.`,
  notPlayable: 'Dein Browser kann diese Datei nicht abspielen.',
  notPlayableAction: 'Versuche eine andere Version oder einen anderen Browser.',
  streamBroken: 'Das Video lädt nicht weiter.',
  streamBrokenAction:
    'Prüfe die Verbindung zum Server und versuche es erneut. Deine Position ist gespeichert.',
  ffmpegTitle: 'Zum Abspielen wird ffmpeg benötigt',
  ffmpegInstall: 'Installiere es auf dem Rechner, auf dem Kinometa läuft:',
  ffmpegRetry: 'Versuche es dann erneut. Kinometa muss nicht neu gestartet werden.',

  keys: {
    space: 'Leertaste',
    home: 'Pos1',
    escape: 'Esc',
    toggle: 'Abspielen oder Pause',
    back: '10 Sekunden zurück',
    forward: '10 Sekunden vor',
    louder: 'Lauter',
    quieter: 'Leiser',
    mute: 'Ton aus oder an',
    subtitles: 'Untertitel an oder aus',
    subtitlesEarlier: 'Untertitel 0,1 s früher',
    subtitlesLater: 'Untertitel 0,1 s später',
    faster: 'Schneller',
    slower: 'Langsamer',
    start: 'An den Anfang',
    fullScreen: 'Vollbild',
    pictureInPicture: 'Bild im Bild',
    next: 'Nächste Folge',
    skip: 'Vorspann, Rückblick oder Abspann überspringen',
    help: 'Diese Liste anzeigen',
    exit: 'Player schließen',
    digits: 'Zu 0 % bis 90 % springen'
  },
  touchHint:
    'Auf einem Touchscreen: Tippe links oder rechts doppelt auf das Video, um 10 Sekunden zu springen, oder in die Mitte, um anzuhalten.'
};
