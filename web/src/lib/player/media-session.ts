// Media keys, the lock screen and the system's player controls.
import type { TitleCard } from '$lib/api';
import { headline, subline } from '$lib/format/title';
import { imageUrl } from '$lib/format/image';
import { SEEK_SECONDS } from './keys';

export interface MediaCommands {
  play(): void;
  pause(): void;
  seekBy(seconds: number): void;
  seekTo(seconds: number): void;
  next?(): void;
}

/** Announces to the system what is playing. Returns a function that ends this. */
export function announce(title: TitleCard, commands: MediaCommands): () => void {
  const session = navigator.mediaSession as MediaSession | undefined;
  if (!session) return () => undefined;
  session.metadata = new MediaMetadata({
    title: title.kind === 'episode' ? title.name : headline(title),
    artist: title.kind === 'episode' ? headline(title) : '',
    album: subline(title),
    artwork: title.poster ? [{ src: imageUrl(title.poster.url, 480) }] : []
  });
  const handlers: [MediaSessionAction, MediaSessionActionHandler | null][] = [
    ['play', () => commands.play()],
    ['pause', () => commands.pause()],
    ['seekbackward', (details) => commands.seekBy(-(details.seekOffset ?? SEEK_SECONDS))],
    ['seekforward', (details) => commands.seekBy(details.seekOffset ?? SEEK_SECONDS)],
    ['seekto', (details) => commands.seekTo(details.seekTime ?? 0)],
    ['nexttrack', commands.next ? () => commands.next?.() : null]
  ];
  for (const [action, handler] of handlers) set(session, action, handler);
  return () => {
    session.metadata = null;
    for (const [action] of handlers) set(session, action, null);
  };
}

function set(
  session: MediaSession,
  action: MediaSessionAction,
  handler: MediaSessionActionHandler | null
): void {
  try {
    session.setActionHandler(action, handler);
  } catch {
    // Browsers throw for actions that they do not know.
  }
}
