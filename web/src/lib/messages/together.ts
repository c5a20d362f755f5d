// Watching together.
import { pick } from './language';

export const en = {
  title: 'Watching together',
  text: 'Everyone you choose gets this play in their own timeline and on their own Trakt account.',
  nobody: 'Nobody else allows this yet. Everyone can turn it on for themselves under Settings, Profile.',
  allow: 'Watching together',
  allowText:
    'Others on this server can add you when you watch with them. The play appears in your timeline and, if your settings allow it, on your Trakt account.'
};

export const m = pick('together', en);
