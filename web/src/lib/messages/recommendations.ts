// Recommendations from Trakt.
import { pick } from './language';

export const en = {
  title: 'Recommended for you',
  inLibrary: 'In your library',
  notInterestedIn: (title: string) => `Not interested in ${title}`,
  hidden: (title: string) => `${title} won’t be recommended again, here or on Trakt.`,
  undo: 'Undo'
};

export const m = pick('recommendations', en);
