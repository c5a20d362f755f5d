// The player and everything on top of the video.
import { pick } from './language';
import { number, percent } from './locale';

export const en = {
  player: 'Player',
  playing: (title: string) => `Playing ${title}`,
  exit: 'Exit player',
  loading: 'Loading',
  stillOpening: 'Still opening the file. If it does not say how long it is, Kinometa measures it first.',

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
  speed: 'Playback speed',
  normalSpeed: 'Normal',
  rate: (rate: number) => `${number(rate)}×`,
  seekedBy: (seconds: number) => `${seconds > 0 ? '+' : '−'}${Math.abs(seconds)} s`,

  scrobble: {
    off: 'Trakt not connected',
    scrobbling: 'Scrobbling',
    queued: 'Waiting to sync',
    failed: 'Not scrobbled',
    private: 'Private'
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
    faster: 'Speed up',
    slower: 'Slow down',
    start: 'Go to the start',
    fullScreen: 'Full screen',
    pictureInPicture: 'Picture-in-picture',
    next: 'Next episode',
    help: 'Show this list',
    exit: 'Exit player',
    digits: 'Jump to 0%–90%'
  },
  touchHint:
    'On a touchscreen, double-tap the left or right of the video to skip 10 seconds, or the middle to pause.'
};

export const m = pick('player', en);
