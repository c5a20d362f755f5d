// The mark of the Trakt connection: one dot and one line for every state.
import type { TraktState, TraktStatus } from '$lib/api';
import { m } from '$lib/messages/navigation';

export interface Mark {
  tone: 'good' | 'warn' | 'bad' | 'off';
  /** In a few words, to go on with after the name. */
  state: string;
  /** Worth a dot on the avatar. */
  urgent: boolean;
}

const STATES: Record<TraktState, Mark> = {
  connected: { tone: 'good', state: m.traktMark.connected, urgent: false },
  unreachable: { tone: 'warn', state: m.traktMark.trouble, urgent: false },
  reconnect: { tone: 'bad', state: m.traktMark.reconnect, urgent: true },
  application_not_allowed: { tone: 'bad', state: m.traktMark.broken, urgent: true },
  locked: { tone: 'bad', state: m.traktMark.broken, urgent: true },
  deactivated: { tone: 'bad', state: m.traktMark.broken, urgent: true },
  disconnected: { tone: 'off', state: m.traktMark.notConnected, urgent: false },
  not_configured: { tone: 'off', state: m.traktMark.notConnected, urgent: false }
};

export function traktMark(status: TraktStatus): Mark {
  const { pending, failed } = status.queue;
  if (status.state !== 'connected') return STATES[status.state];
  if (failed > 0) return { tone: 'bad', state: m.traktMark.rejected(failed), urgent: true };
  if (pending > 0) return { tone: 'warn', state: m.traktMark.waiting(pending), urgent: false };
  return status.reason ? STATES.unreachable : STATES.connected;
}

export const MARK_COLORS: Record<Mark['tone'], string> = {
  good: 'bg-ok',
  warn: 'bg-warn',
  bad: 'bg-bad',
  off: 'border-2 border-subtle'
};
