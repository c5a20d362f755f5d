// Sentences that the server sends in English. A translation replaces them by code and fills in the values; for
// unknown codes, it shows the server's message.
import type {
  Candidate,
  ConfigCredentials,
  ConfigFinding,
  FileProblem,
  Library,
  List,
  NotOnTrakt,
  Play,
  PlexReached,
  QueueError,
  ScanStatus,
  TraktImportLimit,
  TraktImportWarning,
  TraktLogItem,
  TraktPlan,
  TraktSyncCategory,
  TraktSyncProblem
} from '$lib/api';
import { pick } from './language';

export const en = {
  category: (category: TraktSyncCategory): string => category.message,
  change: (item: TraktLogItem): string => item.message,
  plan: (plan: TraktPlan): string => plan.message,
  importWarning: (warning: TraktImportWarning): string => warning.message,
  importLimit: (limit: TraktImportLimit): string => limit.message,
  queueError: ({ message, action }: QueueError): string => [message, action].filter(Boolean).join(' '),
  /** Why data is out of sync with Trakt. */
  syncProblem: (problem: TraktSyncProblem): string => problem.message,
  fileProblem: (problem: Pick<FileProblem, 'message'> & Partial<Pick<FileProblem, 'code'>>): string =>
    problem.message,
  /** Why a title on Trakt is a candidate for a file. */
  candidate: (candidate: Candidate): string => candidate.why,
  /** Why Trakt rejects the API application. */
  applicationProblem: (problem: string): string => problem,
  /** Why the last play of a title is not on Trakt. */
  notOnTrakt: (why: NotOnTrakt): string => why.message,
  /** Why a play is not on Trakt. */
  play: (trakt: Play['trakt']): string | undefined => trakt.message,
  library: (library: Library): string | undefined => library.message,
  scan: (scan: ScanStatus): string | undefined => scan.message,
  /** A problem in a config file. */
  finding: (finding: ConfigFinding): string => finding.message,
  /** A collection's status after a run, as Kometa names it. */
  status: (status: string): string => status,
  /** A notice about the credentials in a config file. */
  credentials: (known: Pick<ConfigCredentials, 'message' | 'because'>): string | undefined => known.message,
  /** Why a connection to a Plex server failed. */
  plexFailure: (reached: PlexReached): string | undefined => reached.failure,
  list: (list: Pick<List, 'reason' | 'message'>): string | undefined => list.message
};

export const m = pick('server', en);
