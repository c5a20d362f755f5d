// Texts and colours for the states of a Trakt connection, of connecting, and of queued items.
import type { QueueItem, TraktConnect, TraktState, TraktStatus } from '$lib/api';
import { timeOfDay } from '$lib/format/time';
import { m } from '$lib/messages/trakt';

type Tone = 'plain' | 'good' | 'warn' | 'bad';

interface Connection {
  title: string;
  text: string;
  tone: Tone;
  /** Whether to offer to connect. */
  connect: boolean;
}

/** `admin` means that the user can change the API application. */
export function connectionState(status: TraktStatus, admin: boolean): Connection {
  const text = m.connection;
  const states: Record<TraktState, Connection> = {
    not_configured: {
      title: text.notConfiguredTitle,
      text: admin ? text.notConfiguredAdmin : text.notConfiguredMember,
      tone: 'plain',
      connect: false
    },
    disconnected: {
      title: text.disconnectedTitle,
      text: text.disconnectedText,
      tone: 'plain',
      connect: true
    },
    connected: { title: m.connected, text: '', tone: 'good', connect: false },
    reconnect: { title: text.reconnectTitle, text: text.reconnectText, tone: 'warn', connect: true },
    application_not_allowed: {
      title: text.applicationTitle,
      text: admin ? text.applicationAdmin : text.applicationMember,
      tone: 'bad',
      connect: false
    },
    locked: { title: text.lockedTitle, text: text.lockedText, tone: 'bad', connect: false },
    deactivated: { title: text.deactivatedTitle, text: text.deactivatedText, tone: 'bad', connect: false },
    unreachable: { title: text.unreachableTitle, text: status.message, tone: 'warn', connect: false }
  };
  const state = states[status.state];
  // A temporary problem, which can also exist while the account is connected.
  if (!status.reason) return state;
  const time = status.retry_at ? timeOfDay(status.retry_at) : null;
  return { ...state, title: text.unreachableTitle, text: text.reasons[status.reason](time), tone: 'warn' };
}

type ConnectState = TraktConnect['state'];
type EndState = Exclude<ConnectState, 'pending'>;

interface Ending {
  title: string;
  text: string;
  tone: Tone;
  /** Label of the button for another attempt; absent when another attempt cannot help. */
  retry?: string;
}

/** While connecting, `idle` means that the server was restarted and forgot the code. */
const ENDINGS: Record<EndState, { tone: Tone; retry?: string }> = {
  idle: { tone: 'warn', retry: m.newCode },
  approved: { tone: 'good' },
  denied: { tone: 'warn', retry: m.newCode },
  expired: { tone: 'warn', retry: m.newCode },
  used: { tone: 'warn', retry: m.newCode },
  wrong_secret: { tone: 'bad' },
  application_not_allowed: { tone: 'bad' },
  unreachable: { tone: 'warn', retry: m.retry },
  not_saved: { tone: 'bad', retry: m.retry },
  cancelled: { tone: 'plain', retry: m.newCode }
};

/** The result of connecting; null while the code is still valid. */
export function ending(state: ConnectState): Ending | null {
  return state === 'pending' ? null : { ...m.ending[state], ...ENDINGS[state] };
}

/** The numbers of waiting and rejected items as text. */
export function queueSummary({ pending, failed }: TraktStatus['queue']): string {
  return [pending > 0 && m.queuePending(pending), failed > 0 && m.queueFailed(failed)]
    .filter(Boolean)
    .join(' ');
}

/** The code in two groups, easier to read aloud and type: `5055 CC52`. */
export function spacedCode(code: string): string {
  return code.length === 8 ? `${code.slice(0, 4)} ${code.slice(4)}` : code;
}

export const QUEUE_COLORS: Record<QueueItem['state'], string> = {
  pending: 'text-warn',
  in_flight: 'text-accent',
  unknown: 'text-warn',
  failed: 'text-bad'
};

/** Explains a temporary wait; null for any other code. `time` is the time of the next attempt. */
export function waitText(code: string, time: string | null): string | null {
  switch (code) {
    case 'rate_limited':
    case 'edge_blocked':
      return m.connection.reasons[code](time);
    case 'renewal_failed':
      return m.connection.reasons.not_renewed(time);
    case 'unreachable':
      return m.connection.reasons.unreachable();
    default:
      return null;
  }
}
