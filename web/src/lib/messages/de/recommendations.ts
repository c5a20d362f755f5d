import type { en } from '../recommendations';

export const recommendations: typeof en = {
  title: 'Für dich empfohlen',
  inLibrary: 'In deiner Mediathek',
  notInterestedIn: (title) => `Kein Interesse an ${title}`,
  hidden: (title) => `${title} wird nicht mehr empfohlen, weder hier noch auf Trakt.`,
  undo: 'Rückgängig'
};
