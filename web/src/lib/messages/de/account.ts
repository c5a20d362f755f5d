import type { en } from '../account';

export const account: typeof en = {
  setupWindowTitle: 'Willkommen',
  setupTitle: 'Willkommen bei Kinometa',
  setupText:
    'Lege zuerst das Administratorkonto an. Wer Administrator ist, fügt Mediatheken und Personen hinzu; alle anderen bekommen später ein eigenes Konto.',
  createAdministrator: 'Konto anlegen',
  creatingAdministrator: 'Wird angelegt …',
  yourName: 'Dein Name',

  signIn: 'Anmelden',
  signingIn: 'Anmeldung läuft …'
};
