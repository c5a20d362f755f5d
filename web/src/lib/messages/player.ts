// The player and its overlays.
import { pick } from './language';
import { number, percent } from './locale';

export const en = {
  player: 'Player',
  playing: (title: string) => `Playing ${title}`,
  exit: 'Exit player',
  loading: 'Loading',
  stillOpening: 'Still opening the file. Kinometa may have to measure its length first.',

  play: 'Play',
  pause: 'Pause',
  back: (seconds: number) => `Back ${seconds} seconds`,
  forward: (seconds: number) => `Forward ${seconds} seconds`,
  nextEpisode: (code: string, name: string) => `Next episode: ${code} ${name}`,
  shortcuts: 'Keyboard shortcuts',
  pictureInPicture: 'Picture-in-picture',
  exitPictureInPicture: 'Exit picture-in-picture',
  fullScreen: 'Full screen',
  exitFullScreen: 'Exit full screen',
  seekBar: 'Seek',
  positionOf: (position: string, duration: string) => `${position} of ${duration}`,
  volume: 'Volume',
  mute: 'Mute',
  unmute: 'Unmute',
  muted: 'Muted',
  unmuted: 'Unmuted',
  percent,
  audio: 'Audio',
  subtitles: 'Subtitles',
  subtitlesOff: 'Off',
  subtitlesTurnedOff: 'Subtitles off',
  subtitleOffset: (seconds: number) =>
    seconds === 0
      ? 'No subtitle offset'
      : `Subtitles ${number(Math.abs(seconds))} s ${seconds > 0 ? 'later' : 'earlier'}`,
  subtitleSize: 'Subtitle size',
  subtitleSizes: { small: 'Small', medium: 'Medium', large: 'Large', huge: 'Very large' },
  subtitleBackground: 'Subtitle background',
  subtitleBackgrounds: { box: 'Dark box', shadow: 'Shadow', none: 'None' },
  skip: { intro: 'Skip intro', recap: 'Skip recap', credits: 'Skip credits' },
  speed: 'Playback speed',
  normalSpeed: 'Normal',
  rate: (rate: number) => `${number(rate)}×`,
  seekedBy: (seconds: number) => `${seconds > 0 ? '+' : '−'}${Math.abs(seconds)} s`,

  notConnected: 'Trakt not connected',
  scrobble: {
    off: 'Not sent to Trakt',
    scrobbling: 'Scrobbling',
    queued: 'Waiting to sync',
    failed: 'Not scrobbled',
    private: 'Private'
  },
  /** The state of scrobbling by status code. `time` is the next attempt. Other codes show the server's message. */
  dot: {
    not_configured: () => 'Trakt isn’t set up. What you watch stays on this server.',
    disconnected: () => 'Not connected. What you watch stays on this server.',
    reconnect: () =>
      'Trakt no longer accepts this connection. Nothing is lost: reconnect, and everything waiting is sent.',
    application_not_allowed: () =>
      'Trakt doesn’t accept this server’s API application. What you watch is kept and will be sent once an administrator has entered another one.',
    locked: () => 'Trakt has locked your account. What you watch is kept here. Contact Trakt support.',
    deactivated: () =>
      'Your Trakt account is deactivated. What you watch is kept here. Reactivate it on Trakt.',
    rate_limited: (time: string | null) =>
      `Trakt asked Kinometa to slow down${time ? ` until ${time}` : ''}. What you watch will sync later.`,
    token_store: () =>
      'The server can’t write to its database, so it can’t renew the connection to Trakt. Free up disk space on the server.',
    server: () => 'Trakt is having problems. Kinometa will try again automatically.',
    unexpected_answer: () => 'Trakt sent an unexpected response. Kinometa will try again automatically.',
    unknown: () => 'Trakt’s response was lost. Kinometa checks what arrived, so that nothing counts twice.',
    account_limit: () => 'Your Trakt account is full, so this wasn’t added. It stays here.',
    vip_needed: () => 'Trakt accepts this only from VIP members, so it wasn’t added.',
    forbidden: () => 'Trakt doesn’t allow this account to do that, so it wasn’t added.',
    not_found: () => 'Trakt can’t find this title by its IDs, so it wasn’t added.',
    not_matched: () => 'This file isn’t matched to a title on Trakt, so it wasn’t sent.',
    already_counted: () => 'Trakt already counted this.',
    refused: () => 'Trakt rejected this.',
    excluded: () => 'This title or its library is excluded from Trakt.',
    switched_off: () => 'Your settings keep this from Trakt.',
    private: () => 'Private. Nothing is sent to Trakt, and the timeline marks the play as private.',
    ready: () => 'Connected. Scrobbling starts when you press play.',
    checking_deleted: () => 'You deleted this play. Checking whether it is on Trakt, to delete it there too.',
    deleted: () => 'You deleted this play. It isn’t on Trakt either.',
    watching: () => 'Trakt shows that you’re watching this.',
    position_kept: () => 'Your position is saved on Trakt.',
    counted: () => 'Counted on Trakt.',
    not_counted: () => 'Not watched far enough to count. Your position is saved on Trakt.',
    checking: () => 'Trakt hasn’t confirmed this. Checking whether it counted.',
    catching_up: () => 'Trakt couldn’t be reached in time. This will be sent later.',
    sending: () => 'Sending to Trakt.',
    waiting: () => 'Waiting to sync.'
  },
  dotAction: {
    connect: 'Connect Trakt',
    application: 'Set up Trakt',
    match: 'Fix match',
    settings: 'Trakt settings',
    queue: 'View queue'
  },
  watched: 'Watched',
  scrobbleLabel: (state: string) => `Trakt: ${state}`,
  serverAway: 'Kinometa isn’t responding. It will catch up as soon as it is back.',

  resumeQuestion: 'Resume?',
  stoppedAt: (position: string, duration: string) => `You stopped at ${position} of ${duration}.`,
  resumeAt: (position: string) => `Resume at ${position}`,
  startOver: 'Start over',

  theEnd: 'The end',
  upNext: (code: string) => `Up next: ${code}`,
  playNext: 'Play next episode',
  playingIn: (seconds: number) => `Playing in ${seconds}`,
  cancelAutoplay: 'Cancel',
  watchAgain: 'Watch again',

  waitingForServer: 'Waiting for Kinometa',
  continuesFrom: (position: string) => `Playback continues from ${position} as soon as the server responds.`,
  notPlayable: 'Your browser can’t play this file.',
  notPlayableAction: 'Try another version or another browser.',
  streamBroken: 'The video stopped loading.',
  streamBrokenAction: 'Check the connection to the server, then try again. Your position is saved.',
  ffmpegTitle: 'ffmpeg is required to play this',
  ffmpegInstall: 'Install it on the machine that runs Kinometa:',
  ffmpegRetry: 'Then try again. You don’t need to restart Kinometa.',

  keys: {
    space: 'Space',
    home: 'Home',
    escape: 'Esc',
    toggle: 'Play or pause',
    back: 'Back 10 seconds',
    forward: 'Forward 10 seconds',
    louder: 'Volume up',
    quieter: 'Volume down',
    mute: 'Mute or unmute',
    subtitles: 'Subtitles on or off',
    subtitlesEarlier: 'Subtitles 0.1 s earlier',
    subtitlesLater: 'Subtitles 0.1 s later',
    faster: 'Speed up',
    slower: 'Slow down',
    start: 'Go to the start',
    fullScreen: 'Full screen',
    pictureInPicture: 'Picture-in-picture',
    next: 'Next episode',
    skip: 'Skip intro, recap or credits',
    help: 'Show this list',
    exit: 'Exit player',
    digits: 'Jump to 0%–90%'
  },
  touchHint:
    'On a touchscreen, double-tap the left or right of the video to skip 10 seconds, or the middle to pause.'
};

export const m = pick('player', en);
