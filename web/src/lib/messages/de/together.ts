import type { en } from '../together';

export const together: typeof en = {
  title: 'Zusammen schauen',
  text: 'Alle, die du auswählst, bekommen die Wiedergabe in den eigenen Verlauf und ins eigene Trakt-Konto.',
  nobody: 'Noch lässt das niemand zu. Jeder kann es unter Einstellungen, Profil einschalten.',
  allow: 'Zusammen schauen',
  allowText:
    'Andere auf diesem Server können dich hinzufügen, wenn du mit ihnen schaust. Die Wiedergabe erscheint in deinem Verlauf und, wenn deine Einstellungen es erlauben, in deinem Trakt-Konto.'
};
