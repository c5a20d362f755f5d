// First-run setup and signing in.
import { pick } from './language';

export const en = {
  setupWindowTitle: 'Welcome',
  setupTitle: 'Welcome to Kinometa',
  setupText:
    'Create the administrator account first. Administrators add libraries and people; everyone else gets an account of their own later.',
  createAdministrator: 'Create administrator',
  creatingAdministrator: 'Creating…',
  yourName: 'Your name',

  signIn: 'Sign in',
  signingIn: 'Signing in…'
};

export const m = pick('account', en);
