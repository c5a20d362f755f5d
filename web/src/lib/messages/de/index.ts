// The German catalogue. Each area has the type of its English messages, so that a missing message is a compile
// error.
import { account } from './account';
import { collections } from './collections';
import { common } from './common';
import { errors } from './errors';
import { flow } from './flow';
import { lists } from './lists';
import { navigation } from './navigation';
import { people } from './people';
import { player } from './player';
import { plex } from './plex';
import { ratings } from './ratings';
import { recommendations } from './recommendations';
import { server } from './server';
import { settings } from './settings';
import { statistics } from './statistics';
import { timeline } from './timeline';
import { titles } from './titles';
import { together } from './together';
import { trakt } from './trakt';

export const catalogue = {
  account,
  collections,
  common,
  errors,
  flow,
  lists,
  navigation,
  people,
  player,
  plex,
  ratings,
  recommendations,
  server,
  settings,
  statistics,
  timeline,
  titles,
  together,
  trakt
};

export type Catalogue = typeof catalogue;
