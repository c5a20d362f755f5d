// Watching together.
import { pick } from './language';

export const en = {
  title: 'Watching together',
  text: 'Everyone you choose gets this play in their own timeline and on their own Trakt account.',
  nobody: 'Nobody else allows this yet. Each person can turn it on under Settings, Profile.',
  allow: 'Watching together',
  allowText:
    'Others on this server can say that you are watching with them. You get the play in your timeline and on your Trakt account, as your own settings say.'
};

export const m = pick('together', en);
