// Sentences that the server writes, in English. A translation gives them again by their codes and numbers; a code that it
// does not have is shown in the server's words.
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
  /** Why something is not in step with Trakt. */
  syncProblem: (problem: TraktSyncProblem): string => problem.message,
  fileProblem: (problem: Pick<FileProblem, 'message'> & Partial<Pick<FileProblem, 'code'>>): string =>
    problem.message,
  /** Why a title on Trakt could be the one in a file. */
  candidate: (candidate: Candidate): string => candidate.why,
  /** Why Trakt does not accept the API application. */
  applicationProblem: (problem: string): string => problem,
  /** Why the last play of a title is not on Trakt. */
  notOnTrakt: (why: NotOnTrakt): string => why.message,
  /** Why a play is not on Trakt. */
  play: (trakt: Play['trakt']): string | undefined => trakt.message,
  library: (library: Library): string | undefined => library.message,
  scan: (scan: ScanStatus): string | undefined => scan.message,
  /** What is wrong with a config file. */
  finding: (finding: ConfigFinding): string => finding.message,
  /** What became of a collection in a run, in Kometa's words. */
  status: (words: string): string => words,
  /** What to know about the credentials in a config file. */
  credentials: (known: Pick<ConfigCredentials, 'message' | 'because'>): string | undefined => known.message,
  /** Why a Plex server could not be used. */
  plexFailure: (reached: PlexReached): string | undefined => reached.failure,
  list: (list: Pick<List, 'reason' | 'message'>): string | undefined => list.message
};

export const m = pick('server', en);
