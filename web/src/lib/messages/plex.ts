// The Plex server where collections are created.
import { pick } from './language';
import { plural } from './locale';

export const en = {
  plex: 'Plex',
  server: 'Plex server',
  serverText:
    'Kometa’s collections can be made on your Plex server, too. This server is used by “kinometa collections run --target plex” when config.yml has no plex block.',
  address: 'Address',
  addressExample: 'http://192.168.1.5:32400',
  token: 'X-Plex-Token',
  tokenHint: 'The token of the server’s owner. It is stored encrypted.',
  keepToken: 'Leave empty to keep the saved token.',
  timeout: 'Timeout in seconds',
  verifyCertificate: 'Verify certificate',
  verifyCertificateText: 'For addresses that begin with https.',
  test: 'Test',
  testing: 'Testing…',
  save: 'Save',
  change: 'Change',
  saved: 'Plex server saved.',
  removed: 'Plex server removed.',
  removeTitle: 'Remove this Plex server?',
  removeText: 'Its address and token are deleted here. Collections on Plex stay as they are.',
  reachable: (name: string, version: string) => `${name} is reachable (version ${version}).`,
  check: 'Check',
  checking: 'Checking…',
  checked: (when: string) => `Checked ${when}.`,
  libraries: 'Libraries on Plex',
  movies: 'Movies',
  shows: 'Shows',
  readOnly: 'read-only for this token',
  sameFolder: (library: string) => `Same folder as your library ${library}`,
  lastRun: 'Last run on Plex',
  ranWhen: (when: string) => `Ran ${when}.`,
  answered: (server: string) => `${server} responded.`,
  away: (server: string, reason: string) => `${server} couldn’t be used: ${reason}`,
  neverRan: 'No collections have been made on Plex yet',
  neverRanText:
    'Register a config.yml with a plex block under Settings, Collections, or run “kinometa collections run --config config.yml --target plex”. Changes appear here.',
  waiting: (count: number) =>
    plural(count, { one: 'collection is', other: 'collections are' }) + ' waiting for your decision.',
  decide: 'Decide under Collections',
  unchanged: (count: number) =>
    plural(count, { one: 'collection is', other: 'collections are' }) + ' unchanged.',
  allUnchanged: 'No changes were needed.',
  problems: 'Problems'
};

export const m = pick('plex', en);
