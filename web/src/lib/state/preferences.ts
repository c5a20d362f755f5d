// What a person prefers, as the server keeps it. Null forgets a choice.
import type { Language } from '$lib/messages/language';

export const SUBTITLE_SIZES = ['small', 'medium', 'large', 'huge'] as const;
export const SUBTITLE_BACKGROUNDS = ['box', 'shadow', 'none'] as const;

export interface Preferences {
  /** Undefined for the browser's. */
  language?: Language | null;
  /** Steps of setting up that the person does not want to be reminded of. */
  dismissed?: string[];
  theme?: 'dark' | 'light' | 'system';
  volume?: number;
  muted?: boolean;
  rate?: number;
  audio_language?: string | null;
  /** Empty for no subtitles. */
  subtitle_language?: string | null;
  subtitle_size?: (typeof SUBTITLE_SIZES)[number];
  subtitle_background?: (typeof SUBTITLE_BACKGROUNDS)[number];
  autoplay_next?: boolean;
}
