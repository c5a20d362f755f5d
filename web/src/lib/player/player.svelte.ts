// The player: opens a playback, brings it into the media element, tells the server what happens.
import { asApiError, playback as api, type ApiError, type Playback, type ScrobbleStatus } from '$lib/api';
import { incognito } from '$lib/state/incognito.svelte';
import { live } from '$lib/state/live.svelte';
import { session } from '$lib/state/session.svelte';
import { browserCapabilities, cautiousCapabilities } from './browser';
import { attach, type Engine } from './engine';
import { next, playbackOf, type Phase, type PlayerEvent } from './machine';
import { MediaState } from './media.svelte';
import { whileAway } from './patience';
import { Reporter } from './reporter';
import { decideStart, TabPlace } from './start';
import { preferredAudio, preferredSubtitle } from './tracks';

export interface PlayerWish {
  title: number;
  file?: number;
  at: 'start' | 'resume' | null;
}

interface Opening {
  /** Begin here without a question. */
  position?: number;
  /** Playing as it is has failed: let the server convert. */
  cautious?: boolean;
  /** The server went away while this played: wait for it. */
  mending?: boolean;
}

/** How often in a row a broken stream is opened anew without getting any further. */
const MENDINGS = 3;

type Report = Awaited<ReturnType<typeof api.report>>;

export class Player {
  phase = $state.raw<Phase>({ name: 'loading' });
  scrobble = $state.raw<ScrobbleStatus | null>(null);
  /** Index of the subtitles shown; null for none. */
  subtitle = $state<number | null>(null);
  readonly media = new MediaState();
  readonly playback = $derived(playbackOf(this.phase));
  #video: HTMLVideoElement | null = null;
  #engine: Engine | null = null;
  #reporter: Reporter<Report> | null = null;
  #place = new TabPlace(sessionStorage);
  #saidPlaying = false;
  #cautious = false;
  #mendings = 0;
  /** Where it failed: another try goes on there. */
  #failedAt: number | undefined;
  #round = 0;

  constructor(readonly wish: PlayerWish) {}

  /** Takes the element and begins. Gives the way to end. */
  mount(video: HTMLVideoElement): () => void {
    this.#video = video;
    const { volume = 1, muted = false, rate = 1 } = session.preferences;
    Object.assign(video, { volume, muted, defaultPlaybackRate: rate, playbackRate: rate });
    const stops = [this.media.follow(video), this.#listen(video), this.#hear()];
    const wasReloaded = (
      performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined
    )?.type;
    const position = wasReloaded === 'reload' ? (this.#place.of(this.wish.title) ?? undefined) : undefined;
    void this.open({ position });
    return () => {
      this.#end();
      this.#place.forget();
      for (const stop of stops) stop();
      this.#video = null;
    };
  }

  /** Opens a playback, again if need be. */
  open = async (opening: Opening = {}): Promise<void> => {
    this.#end();
    const round = this.#round;
    this.#cautious = opening.cautious ?? false;
    this.#become({ type: 'opening' });
    try {
      const ask = () => this.#ask(opening);
      const playback = await (opening.mending ? whileAway(ask, () => round === this.#round) : ask());
      if (round !== this.#round) return;
      this.scrobble = playback.scrobble;
      this.subtitle = preferredSubtitle(playback.subtitles, session.preferences.subtitle_language);
      const start = decideStart({
        at: this.wish.at,
        reloadedAt: opening.position ?? null,
        resume: playback.resume_ms ?? null
      });
      this.#become({ type: 'opened', playback, start });
      await this.#show(round);
    } catch (thrown) {
      if (round === this.#round) this.#fail(asApiError(thrown), opening.position);
    }
  };

  /** Another try after a failure, at the place where it was. */
  retry = (): Promise<void> => this.open({ position: this.#failedAt, cautious: this.#cautious });

  /** The answer to the resume question, in milliseconds. */
  choose = async (position: number): Promise<void> => {
    this.#become({ type: 'chosen', position });
    await this.#show(this.#round);
  };

  chooseAudio = async (index: number, remember = true): Promise<void> => {
    const { playback } = this;
    if (!playback || playback.audio_index === index) return;
    const position = Math.round((this.#video?.currentTime ?? 0) * 1000);
    const switched = await api.switchAudio(playback.id, index, position);
    if (remember) {
      const language = playback.file.audio.find((track) => track.index === index)?.language;
      if (language) session.prefer({ audio_language: language });
    }
    this.#become({ type: 'switched', playback: switched, position });
    await this.#show(this.#round);
  };

  chooseSubtitle(index: number | null): void {
    this.subtitle = index;
    const language = this.playback?.subtitles.find((track) => track.index === index)?.language;
    session.prefer({ subtitle_language: index === null ? '' : language });
  }

  play = (): void => {
    if (this.phase.name === 'ended') void this.open({ position: 0 });
    else this.#video?.play().catch(() => (this.media.blocked = true));
  };

  pause = (): void => this.#video?.pause();

  /** The position in milliseconds. */
  get position(): number {
    return Math.round((this.#video?.currentTime ?? 0) * 1000);
  }

  seekTo = (seconds: number): void => {
    const video = this.#video;
    if (!video || this.phase.name !== 'showing') return;
    video.currentTime = Math.min(Math.max(0, seconds), Math.max(0, this.media.duration - 0.05));
  };

  async #ask(opening: Opening): Promise<Playback> {
    const playback = await api.start({
      title_id: this.wish.title,
      file_id: this.wish.file,
      private: incognito.on,
      capabilities: opening.cautious ? cautiousCapabilities() : browserCapabilities()
    });
    const audio = preferredAudio(
      playback.file.audio,
      playback.audio_index,
      session.preferences.audio_language
    );
    return audio === undefined ? playback : api.switchAudio(playback.id, audio, 0);
  }

  async #show(round: number): Promise<void> {
    const phase = this.phase;
    const video = this.#video;
    if (phase.name !== 'showing' || !video) return;
    this.#engine?.detach();
    this.#engine = null;
    this.#reporter ??= this.#newReporter(phase.playback.id);
    const engine = await attach(video, phase.playback, phase.from, (error) => this.#broke(error));
    if (round !== this.#round) {
      engine.detach();
      return;
    }
    this.#engine = engine;
    this.play();
  }

  #newReporter(id: string): Reporter<Report> {
    const line = {
      send: (body: Parameters<typeof api.report>[1]) => api.report(id, body),
      sendLast: (body: Parameters<typeof api.report>[1]) => api.reportOnLeaving(id, body)
    };
    return new Reporter(
      line,
      (answer) => {
        // Live updates tell the same and what came of it since: an answer may already be older than they are.
        if (live.status !== 'open') this.scrobble = answer.scrobble;
      },
      (thrown) => this.#unheard(thrown)
    );
  }

  #listen(video: HTMLVideoElement): () => void {
    const now = () => performance.now();
    const listeners: [string, () => void][] = [
      ['playing', () => !this.#saidPlaying && this.#say('play')],
      ['pause', () => this.#saidPlaying && !video.ended && this.#say('pause')],
      ['seeked', () => this.#saidPlaying && this.#say('seek')],
      ['ended', () => this.#finish()],
      [
        'timeupdate',
        () => {
          if (this.phase.name !== 'showing' || video.paused) return;
          if (this.position > this.phase.from + 1000) this.#mendings = 0;
          this.#place.keep({ title: this.wish.title, position: this.position });
          this.#reporter?.tick(this.position, now());
        }
      ],
      ['volumechange', () => session.prefer({ volume: video.volume, muted: video.muted })],
      ['ratechange', () => session.prefer({ rate: video.playbackRate })]
    ];
    for (const [name, listener] of listeners) video.addEventListener(name, listener);
    const leave = () => this.#reporter?.leave(this.position);
    const back = (event: PageTransitionEvent) =>
      event.persisted && void this.open({ position: this.position });
    window.addEventListener('pagehide', leave);
    window.addEventListener('pageshow', back);
    return () => {
      for (const [name, listener] of listeners) video.removeEventListener(name, listener);
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('pageshow', back);
    };
  }

  #hear(): () => void {
    return live.on('playback', (changed) => {
      if (changed.id === this.playback?.id) this.scrobble = changed.scrobble;
    });
  }

  #say(event: 'play' | 'pause' | 'seek'): void {
    if (event !== 'seek') this.#saidPlaying = event === 'play';
    void this.#reporter?.say(event, this.position, performance.now());
  }

  #finish(): void {
    if (this.phase.name !== 'showing') return;
    void this.#reporter?.say('stop', this.phase.playback.duration_ms, performance.now());
    this.#saidPlaying = false;
    this.#place.forget();
    this.#become({ type: 'ended' });
  }

  /** The media element gave up. A file that was played as it is gets one more chance, converted. */
  #broke(error: ApiError): void {
    const direct = this.playback?.mode === 'direct';
    const begun = this.phase.name === 'showing' && this.position > this.phase.from + 1000;
    // Browsers call a stream that breaks off undecodable too: what has played is opened anew first.
    if (direct && error.code === 'not_playable' && !this.#cautious && !begun)
      void this.open({ position: this.position, cautious: true, mending: true });
    else if (this.#mendable) this.#mend();
    else this.#fail(error, this.position);
  }

  get #mendable(): boolean {
    return this.phase.name === 'showing' && this.#mendings < MENDINGS;
  }

  /** Goes on with a new playback at the same place: the server was started anew, or has forgotten this one. */
  #mend(): void {
    const video = this.#video;
    if (this.phase.name !== 'showing' || !video) return;
    this.#mendings += 1;
    // Before anything was loaded the element knows no position yet.
    const loaded = video.readyState > HTMLMediaElement.HAVE_NOTHING;
    const position = loaded ? this.position : this.phase.from;
    void this.open({ position, cautious: this.#cautious, mending: true });
  }

  #unheard(thrown: unknown): void {
    const error = asApiError(thrown);
    // The server has forgotten this playback, by a restart or a long sleep.
    if (error.status === 404 && this.#mendable) this.#mend();
    else if (this.scrobble && this.scrobble.state !== 'private' && this.scrobble.state !== 'off') {
      const message = 'Kinometa does not answer just now. It will catch up when it does.';
      this.scrobble = { ...this.scrobble, state: 'queued', message, action: undefined };
    }
  }

  #fail(error: ApiError, position?: number): void {
    this.#failedAt = position;
    this.#end();
    this.#become({ type: 'failed', error });
  }

  #end(): void {
    this.#round += 1;
    this.#reporter?.leave(this.position);
    this.#reporter = null;
    this.#saidPlaying = false;
    this.#engine?.detach();
    this.#engine = null;
  }

  #become(event: PlayerEvent): void {
    this.phase = next(this.phase, event);
  }
}
