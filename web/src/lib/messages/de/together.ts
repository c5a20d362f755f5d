import type { en } from '../together';

export const together: typeof en = {
  title: 'Zusammen schauen',
  text: 'Wer ausgewählt ist, bekommt das in den eigenen Verlauf und ins eigene Trakt-Konto.',
  nobody: 'Noch lässt das niemand zu. Jeder kann es unter Einstellungen, Profil einschalten.',
  allow: 'Zusammen schauen',
  allowText:
    'Andere auf diesem Server können angeben, dass du mit ihnen schaust. Du bekommst die Wiedergabe in deinen Verlauf und in dein Trakt-Konto, so wie du es eingestellt hast.'
};
