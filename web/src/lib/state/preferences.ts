// A user's preferences as stored by the server. Null resets a choice.
import type { Language } from '$lib/messages/language';

export const SUBTITLE_SIZES = ['small', 'medium', 'large', 'huge'] as const;
export const SUBTITLE_BACKGROUNDS = ['box', 'shadow', 'none'] as const;

export interface Preferences {
  /** Undefined for the browser's language. */
  language?: Language | null;
  /** Setup steps that the user has dismissed. */
  dismissed?: string[];
  theme?: 'dark' | 'light' | 'system';
  volume?: number;
  muted?: boolean;
  rate?: number;
  audio_language?: string | null;
  /** An empty string means no subtitles. */
  subtitle_language?: string | null;
  subtitle_size?: (typeof SUBTITLE_SIZES)[number];
  subtitle_background?: (typeof SUBTITLE_BACKGROUNDS)[number];
  autoplay_next?: boolean;
}
