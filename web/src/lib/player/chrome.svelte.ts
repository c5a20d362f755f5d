// What surrounds the picture: when the controls show, what keys and taps do.
import { DOUBLE_TAP_MS, sideOf, tap, type Side } from './gestures';
import { keyAction, stepRate, type PlayerAction } from './keys';
import type { Player } from './player.svelte';

/** Controls hide after this long without a movement, in milliseconds. */
const HIDE_AFTER_MS = 3_000;
const FEEDBACK_MS = 700;
const SEEK_SECONDS = 10;

interface Ways {
  leave(): void;
  next(): void;
}

export class Chrome {
  visible = $state(true);
  help = $state(false);
  fullscreen = $state(false);
  /** A short word in the middle of the picture, such as "+10 s". */
  feedback = $state.raw<{ text: string; side: Side } | null>(null);
  video: HTMLVideoElement | null = null;
  #hiding: ReturnType<typeof setTimeout> | undefined;
  #fading: ReturnType<typeof setTimeout> | undefined;
  #lastTap: { at: number; side: Side } | null = null;
  #single: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly player: Player,
    private readonly ways: Ways
  ) {}

  wake = (): void => {
    this.visible = true;
    clearTimeout(this.#hiding);
    this.#hiding = setTimeout(() => {
      if (!this.#menuOpen()) this.visible = false;
    }, HIDE_AFTER_MS);
  };

  keydown = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (target.closest('[role="menu"], [role="dialog"], textarea, input:not([type="range"])')) return;
    // Space and Enter press the button that has the focus.
    if (event.key === ' ' && target.closest('button, a')) return;
    const action = keyAction(event);
    if (!action) return;
    event.preventDefault();
    this.wake();
    this.act(action);
  };

  act(action: PlayerAction): void {
    const { media } = this.player;
    const video = this.video;
    switch (action.do) {
      case 'toggle':
        return this.toggle();
      case 'seek_by':
        return this.seekBy(action.seconds);
      case 'seek_to':
        return this.player.seekTo(media.duration * action.fraction);
      case 'volume_by':
        return this.setVolume(media.volume + action.step);
      case 'rate_by':
        return this.setRate(stepRate(media.rate, action.step));
      case 'mute':
        if (video) video.muted = !video.muted;
        return this.#say(video?.muted ? 'Sound off' : 'Sound on');
      case 'fullscreen':
        return void this.toggleFullscreen();
      case 'picture':
        return void this.togglePicture();
      case 'subtitles':
        return this.toggleSubtitles();
      case 'next':
        return this.ways.next();
      case 'help':
        this.help = !this.help;
        return;
      case 'leave':
        return this.ways.leave();
    }
  }

  toggle = (): void => {
    if (this.player.media.paused) this.player.play();
    else this.player.pause();
  };

  seekBy = (seconds: number): void => {
    this.player.seekTo(this.player.media.position + seconds);
    this.#say(`${seconds > 0 ? '+' : '−'}${Math.abs(seconds)} s`, seconds > 0 ? 'right' : 'left');
  };

  setVolume(volume: number): void {
    if (!this.video) return;
    this.video.volume = Math.min(1, Math.max(0, volume));
    this.video.muted = false;
    this.#say(`${Math.round(this.video.volume * 100)} %`);
  }

  setRate(rate: number): void {
    if (!this.video) return;
    this.video.playbackRate = rate;
    this.video.defaultPlaybackRate = rate;
    this.#say(`${rate} ×`);
  }

  toggleSubtitles(): void {
    const tracks = this.player.playback?.subtitles ?? [];
    const off = this.player.subtitle !== null;
    void this.player.chooseSubtitle(off ? null : (tracks[0]?.index ?? null));
    if (tracks.length > 0) this.#say(off ? 'No subtitles' : (tracks[0]?.label ?? ''));
  }

  /** The whole document, so that going to the next episode does not leave full screen. */
  toggleFullscreen = async (): Promise<void> => {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen().catch(() => undefined);
  };

  togglePicture = async (): Promise<void> => {
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else await this.video?.requestPictureInPicture().catch(() => undefined);
  };

  measure = (): void => {
    this.fullscreen = document.fullscreenElement !== null;
  };

  /** A click or tap on the picture itself. */
  pressed = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') {
      if (event.button === 0) this.toggle();
      return;
    }
    const current = { at: event.timeStamp, side: sideOf(event.clientX, window.innerWidth) };
    const meant = tap(this.#lastTap, current);
    this.#lastTap = current;
    clearTimeout(this.#single);
    if (meant.kind === 'seek') this.seekBy(meant.side === 'left' ? -SEEK_SECONDS : SEEK_SECONDS);
    else if (meant.kind === 'toggle') this.toggle();
    else this.#single = setTimeout(() => this.#flip(), DOUBLE_TAP_MS);
  };

  #flip(): void {
    if (this.visible) this.visible = false;
    else this.wake();
  }

  #menuOpen(): boolean {
    return document.querySelector('[role="menu"], [role="dialog"]') !== null;
  }

  #say(text: string, side: Side = 'middle'): void {
    this.feedback = { text, side };
    clearTimeout(this.#fading);
    this.#fading = setTimeout(() => (this.feedback = null), FEEDBACK_MS);
  }
}
