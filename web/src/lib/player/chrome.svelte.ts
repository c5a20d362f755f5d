// The state of the controls around the video: their visibility, and the actions of keys and taps.
import { DOUBLE_TAP_MS, sideOf, tap, type Side } from './gestures';
import { m } from '$lib/messages/player';
import { keyAction, SEEK_SECONDS, stepRate, type PlayerAction } from './keys';
import type { Player } from './player.svelte';
import { saveOffset, loadOffset, stepOffset } from './subtitle-offset';
import { subtitleToTurnOn } from './tracks';
import { session } from '$lib/state/session.svelte';

/** Controls are hidden after this time without a movement. */
const HIDE_AFTER_MS = 3_000;
const FEEDBACK_MS = 700;
/** Menus, popovers and dialogs above the video. */
const LAYERS = ':is([role="menu"], [role="dialog"], [data-popover-content]):not([data-state="closed"])';

/** The kind of preview above the seek bar. */
export type Previewing = 'nothing' | 'time' | 'picture';

interface Navigation {
  exit(): void;
  next(): void;
  /** Skips the current chapter if it is an intro, recap or credits; otherwise does nothing. */
  skip(): void;
}

export class Chrome {
  visible = $state(true);
  help = $state(false);
  fullscreen = $state(false);
  previewing = $state<Previewing>('nothing');
  /** A short confirmation on top of the video, such as "+10 s". */
  feedback = $state.raw<{ text: string; side: Side } | null>(null);
  /** The delay of subtitles compared to their file, in seconds. */
  subtitleOffset = $state(0);
  video: HTMLVideoElement | null = null;
  #hiding: ReturnType<typeof setTimeout> | undefined;
  #fading: ReturnType<typeof setTimeout> | undefined;
  /** The language of the subtitles that were turned off last. */
  #turnedOff: string | undefined;
  #lastTap: { at: number; side: Side } | null = null;
  #single: ReturnType<typeof setTimeout> | undefined;
  /** Whether a layer was open when the current key or pointer went down: that input only closes the layer. */
  #layerWasOpen = false;

  constructor(
    private readonly player: Player,
    private readonly navigation: Navigation
  ) {
    this.subtitleOffset = loadOffset(sessionStorage, player.request.title);
  }

  wake = (): void => {
    this.visible = true;
    clearTimeout(this.#hiding);
    this.#hiding = setTimeout(() => {
      if (!isLayerOpen()) this.visible = false;
    }, HIDE_AFTER_MS);
  };

  /** Call in the capture phase, before a layer closes itself. */
  noteOpenLayer = (): void => {
    this.#layerWasOpen = isLayerOpen();
  };

  keydown = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (this.#layerWasOpen || target.closest('textarea, input:not([type="range"])')) return;
    // Space presses the focused button.
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
      case 'subtitles_by':
        return this.moveSubtitles(action.step);
      case 'mute':
        if (video) video.muted = !video.muted;
        return this.#confirm(video?.muted ? m.muted : m.unmuted);
      case 'fullscreen':
        return void this.toggleFullscreen();
      case 'picture':
        return void this.togglePicture();
      case 'subtitles':
        return this.toggleSubtitles();
      case 'next':
        return this.navigation.next();
      case 'skip':
        return this.navigation.skip();
      case 'help':
        this.help = !this.help;
        return;
      case 'exit':
        return this.navigation.exit();
    }
  }

  toggle = (): void => {
    if (this.player.media.paused) this.player.play();
    else this.player.pause();
  };

  seekBy = (seconds: number): void => {
    this.player.seekTo(this.player.media.position + seconds);
    this.#confirm(m.seekedBy(seconds), seconds > 0 ? 'right' : 'left');
  };

  setVolume(volume: number): void {
    if (!this.video) return;
    this.video.volume = Math.min(1, Math.max(0, volume));
    this.video.muted = false;
    this.#confirm(m.percent(this.video.volume * 100));
  }

  setRate(rate: number): void {
    if (!this.video) return;
    this.video.playbackRate = rate;
    this.video.defaultPlaybackRate = rate;
    this.#confirm(m.rate(rate));
  }

  toggleSubtitles(): void {
    const { playback, subtitle } = this.player;
    if (!playback || playback.subtitles.length === 0) return;
    if (subtitle !== null) {
      this.#turnedOff = playback.subtitles.find((track) => track.index === subtitle)?.language;
      void this.player.chooseSubtitle(null);
      this.#confirm(m.subtitlesTurnedOff);
      return;
    }
    const spoken = playback.file.audio.find((track) => track.index === playback.audio_index)?.language;
    const languages = [
      this.#turnedOff,
      session.preferences.subtitle_language,
      ...navigator.languages,
      spoken
    ];
    const track = subtitleToTurnOn(playback.subtitles, languages);
    if (!track) return;
    void this.player.chooseSubtitle(track.index);
    this.#confirm(track.label);
  }

  /** Whether the subtitles can be shifted: only text, because image subtitles are burned into the video. */
  get subtitlesMove(): boolean {
    const { playback, subtitle } = this.player;
    return playback?.subtitles.some((track) => track.index === subtitle && track.url) ?? false;
  }

  moveSubtitles = (step: 1 | -1): void => {
    if (!this.subtitlesMove) return;
    this.subtitleOffset = stepOffset(this.subtitleOffset, step);
    saveOffset(sessionStorage, this.player.request.title, this.subtitleOffset);
    this.#confirm(m.subtitleOffset(this.subtitleOffset));
  };

  /** Uses the whole document, so that the next episode stays in full screen. */
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

  /** A click or tap on the video itself. */
  pressed = (event: PointerEvent): void => {
    if (this.#layerWasOpen) return;
    if (event.pointerType === 'mouse') {
      if (event.button === 0) this.toggle();
      return;
    }
    const current = { at: event.timeStamp, side: sideOf(event.clientX, window.innerWidth) };
    const gesture = tap(this.#lastTap, current);
    this.#lastTap = current;
    clearTimeout(this.#single);
    if (gesture.kind === 'seek') this.seekBy(gesture.side === 'left' ? -SEEK_SECONDS : SEEK_SECONDS);
    else if (gesture.kind === 'toggle') this.toggle();
    else this.#single = setTimeout(() => this.#flip(), DOUBLE_TAP_MS);
  };

  #flip(): void {
    if (this.visible) this.visible = false;
    else this.wake();
  }

  #confirm(text: string, side: Side = 'middle'): void {
    this.feedback = { text, side };
    clearTimeout(this.#fading);
    this.#fading = setTimeout(() => (this.feedback = null), FEEDBACK_MS);
  }
}

function isLayerOpen(): boolean {
  return document.querySelector(LAYERS) !== null;
}
