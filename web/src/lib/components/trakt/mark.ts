// The indicator of the Trakt connection: a dot and a short text for each state.
import type { TraktState, TraktStatus } from '$lib/api';
import { m } from '$lib/messages/navigation';

export interface Mark {
  tone: 'good' | 'warn' | 'bad' | 'off';
  /** A short text that follows the name. */
  state: string;
  /** Whether the avatar shows a dot. */
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
