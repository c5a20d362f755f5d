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

  step: (at: number, of: number) => `Step ${at} of ${of}`,
  /** The setup steps after creating the account. */
  steps: {
    folder: {
      title: 'Where are your movies and shows?',
      text: 'Choose a folder on the machine that runs Kinometa. You can add more folders later in Settings.'
    },
    key: {
      title: 'Set up Trakt',
      text: 'Trakt identifies your files and provides posters, descriptions and ratings. What you watch here shows up on Trakt, and what you watched elsewhere can be imported. Trakt requires an API application for this: one for the whole server.'
    },
    connect: {
      title: 'Connect your Trakt account',
      text: 'Everyone on this server connects their own account. Your history isn’t read until you say so.'
    },
    ready: {
      title: 'Your library is on its way',
      text: 'Kinometa identifies your files in the background. Once Trakt is set up, artwork appears here. You don’t have to wait.'
    }
  },
  later: 'Later',
  connect: 'Connect Trakt',
  goToLibrary: 'Go to your library',

  signIn: 'Sign in',
  signingIn: 'Signing in…'
};

export const m = pick('account', en);
