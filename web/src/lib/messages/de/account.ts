import type { en } from '../account';

export const account: typeof en = {
  setupWindowTitle: 'Willkommen',
  setupTitle: 'Willkommen bei Kinometa',
  setupText:
    'Lege zuerst das Administratorkonto an. Administratoren fügen Mediatheken und Personen hinzu; alle anderen bekommen später ein eigenes Konto.',
  createAdministrator: 'Konto anlegen',
  creatingAdministrator: 'Wird angelegt …',
  yourName: 'Dein Name',

  step: (at, of) => `Schritt ${at} von ${of}`,
  steps: {
    folder: {
      title: 'Wo liegen deine Filme und Serien?',
      text: 'Wähle einen Ordner auf dem Rechner, auf dem Kinometa läuft. Weitere Ordner kannst du später in den Einstellungen hinzufügen.'
    },
    key: {
      title: 'Trakt einrichten',
      text: 'Über Trakt werden deine Dateien erkannt und bekommen Poster, Beschreibungen und Bewertungen. Was du hier siehst, erscheint auf Trakt, und was du anderswo gesehen hast, kannst du übernehmen. Trakt verlangt dafür eine API-Anwendung: eine für den ganzen Server.'
    },
    connect: {
      title: 'Verbinde dein Trakt-Konto',
      text: 'Jede Person auf diesem Server verbindet ihr eigenes Konto. Dein Verlauf wird erst gelesen, wenn du zustimmst.'
    },
    ready: {
      title: 'Deine Mediathek entsteht',
      text: 'Kinometa erkennt deine Dateien im Hintergrund. Sobald Trakt eingerichtet ist, erscheinen hier ihre Bilder. Du musst nicht warten.'
    }
  },
  later: 'Später',
  connect: 'Trakt verbinden',
  goToLibrary: 'Zur Mediathek',

  signIn: 'Anmelden',
  signingIn: 'Anmeldung läuft …'
};
