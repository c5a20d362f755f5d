import type { en } from '../player';
import { number, percent } from '../locale';

export const player: typeof en = {
  player: 'Player',
  playing: (title) => `${title} läuft`,
  exit: 'Player schließen',
  loading: 'Wird geladen',

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
  speed: 'Geschwindigkeit',
  normalSpeed: 'Normal',
  rate: (rate) => `${number(rate)}×`,
  seekedBy: (seconds) => `${seconds > 0 ? '+' : '−'}${Math.abs(seconds)} s`,

  scrobble: {
    off: 'Trakt nicht verbunden',
    scrobbling: 'Wird gescrobbelt',
    queued: 'Wartet auf Abgleich',
    failed: 'Nicht gescrobbelt',
    private: 'Privat'
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
    faster: 'Schneller',
    slower: 'Langsamer',
    start: 'An den Anfang',
    fullScreen: 'Vollbild',
    pictureInPicture: 'Bild im Bild',
    next: 'Nächste Folge',
    help: 'Diese Liste anzeigen',
    exit: 'Player schließen',
    digits: 'Zu 0 % bis 90 % springen'
  },
  touchHint:
    'Auf einem Touchscreen: Tippe links oder rechts doppelt auf das Video, um 10 Sekunden zu springen, oder in die Mitte, um anzuhalten.'
};
