// Every state of a Trakt connection, and of connecting, with what the page says about it.
import type { TraktConnect, TraktState, TraktStatus } from '$lib/api';
import { countLabel } from '$lib/format/title';

export type Tone = 'plain' | 'good' | 'warn' | 'bad';

interface Connection {
  title: string;
  tone: Tone;
  /** Offer to connect. */
  connect: boolean;
}

export const CONNECTIONS: Record<TraktState, Connection> = {
  not_configured: { title: 'Trakt not configured', tone: 'plain', connect: false },
  disconnected: { title: 'Trakt not configured', tone: 'plain', connect: true },
  connected: { title: 'Connected', tone: 'good', connect: false },
  reconnect: { title: 'Connect again', tone: 'warn', connect: true },
  application_not_allowed: { title: 'Trakt refuses the application', tone: 'bad', connect: false },
  locked: { title: 'Your Trakt account is locked', tone: 'bad', connect: false },
  deactivated: { title: 'Your Trakt account is deactivated', tone: 'bad', connect: false },
  // The message says why: Trakt is away, or its network blocks this server.
  unreachable: { title: 'Waiting for Trakt', tone: 'warn', connect: false }
};

export type ConnectState = TraktConnect['state'];

interface Ending {
  title: string;
  tone: Tone;
  /** What the button for another try says; none when another try cannot help. */
  again?: string;
}

/** How connecting can end. After a start, `idle` means that the server has forgotten the code: it was restarted. */
export const ENDINGS: Record<Exclude<ConnectState, 'pending'>, Ending> = {
  idle: { title: 'The code is gone', tone: 'warn', again: 'Get a new code' },
  approved: { title: 'Connected', tone: 'good' },
  denied: { title: 'Refused at Trakt', tone: 'warn', again: 'Get a new code' },
  expired: { title: 'The code is too old', tone: 'warn', again: 'Get a new code' },
  used: { title: 'This code was used already', tone: 'warn', again: 'Get a new code' },
  wrong_secret: { title: 'The Client Secret is wrong', tone: 'bad' },
  application_not_allowed: { title: 'Trakt refuses the application', tone: 'bad' },
  unreachable: { title: 'Connecting did not work', tone: 'warn', again: 'Try again' },
  not_saved: { title: 'The connection could not be kept', tone: 'bad', again: 'Try again' },
  cancelled: { title: 'Cancelled', tone: 'plain', again: 'Get a new code' }
};

export function ending(state: ConnectState): Ending | null {
  return state === 'pending' ? null : ENDINGS[state];
}

/** What a message says beyond its title: some begin with the very same words. */
export function beyondTitle(message: string, title: string): string {
  if (!message.startsWith(`${title}. `) && !message.startsWith(`${title}: `)) return message;
  const rest = message.slice(title.length + 2);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** What waits and what was refused, with what becomes of it. */
export function queueSummary({ pending, failed }: TraktStatus['queue']): string {
  const waiting = `${countLabel(pending, 'change')} waiting: sent in order, with the true times, as soon as Trakt takes them.`;
  const refused = `${countLabel(failed, 'change')} refused: try again, or let Trakt never know.`;
  return [pending > 0 && waiting, failed > 0 && refused].filter(Boolean).join(' ');
}

/** The code as it is read aloud and typed: `5055 CC52`. */
export function spacedCode(code: string): string {
  return code.length === 8 ? `${code.slice(0, 4)} ${code.slice(4)}` : code;
}

export const QUEUE_KINDS = {
  scrobble_start: 'Started watching',
  scrobble_pause: 'Paused',
  scrobble_stop: 'Stopped watching',
  history_add: 'Watched',
  history_remove: 'Play deleted'
} as const;

export const QUEUE_STATES = {
  pending: { text: 'Waiting', color: 'text-warn' },
  in_flight: { text: 'Being sent', color: 'text-accent' },
  unknown: { text: 'Checking', color: 'text-warn' },
  failed: { text: 'Refused', color: 'text-bad' }
} as const;
