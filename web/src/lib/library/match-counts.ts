// How many matches are in each state.
import { libraries, type MatchState } from '$lib/api';

export const MATCH_STATES: readonly MatchState[] = ['unmatched', 'ambiguous', 'ignored', 'matched'];

/** States that wait for a decision. */
const OPEN: readonly MatchState[] = ['unmatched', 'ambiguous'];

export type MatchCounts = Partial<Record<MatchState, number>>;

/** The number of matches in each of these states. */
async function countsOf(states: readonly MatchState[]): Promise<MatchCounts> {
  const counted = await Promise.all(
    states.map(async (state) => [state, (await libraries.listMatches(state, 0, 1)).total] as const)
  );
  return Object.fromEntries(counted);
}

export const matchCounts = (): Promise<MatchCounts> => countsOf(MATCH_STATES);

/** How many matches wait for a decision. */
export async function openMatches(): Promise<number> {
  return Object.values(await countsOf(OPEN)).reduce((sum, count) => sum + count, 0);
}
