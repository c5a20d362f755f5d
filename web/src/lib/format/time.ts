// Times as people read and hear them. Pure: the moment "now" is always an argument.

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY_MS = 24 * HOUR * 1000;

/** Player clock: `4:05`, `1:02:03`. Negative and unknown lengths read as zero. */
export function clock(milliseconds: number): string {
  const total = Number.isFinite(milliseconds) ? Math.max(0, Math.floor(milliseconds / 1000)) : 0;
  const hours = Math.floor(total / HOUR);
  const minutes = Math.floor((total % HOUR) / MINUTE);
  const seconds = String(total % MINUTE).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** The same for screen readers: `1 hour 2 minutes 3 seconds`. */
export function spokenClock(milliseconds: number): string {
  const total = Number.isFinite(milliseconds) ? Math.max(0, Math.floor(milliseconds / 1000)) : 0;
  const parts = [
    plural(Math.floor(total / HOUR), 'hour'),
    plural(Math.floor((total % HOUR) / MINUTE), 'minute'),
    plural(total % MINUTE, 'second')
  ].filter((part) => !part.startsWith('0 '));
  return parts.join(' ') || '0 seconds';
}

/** Running time: `48 min`, `1 h 42 min`, `2 h`. */
export function runtime(minutes: number | null | undefined): string {
  if (!minutes || minutes < 1) return '';
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** How long something will still take: `12 s`, `4 min`, `1 h 5 min`. */
export function remaining(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  return runtime(Math.round(seconds / 60));
}

/** A countdown: `9:41`. */
export function countdown(untilIso: string | null | undefined, now: Date): string {
  if (!untilIso) return '';
  return clock(Date.parse(untilIso) - now.getTime());
}

/** A calendar day given as `YYYY-MM-DD`: `Today`, `Yesterday`, `Friday 6 November`, with the year when it is another. */
export function dayName(day: string, now: Date): string {
  const date = new Date(`${day}T00:00:00`);
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const distance = Math.round((today.getTime() - date.getTime()) / DAY_MS);
  if (distance === 0) return 'Today';
  if (distance === 1) return 'Yesterday';
  const options: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };
  if (date.getFullYear() !== now.getFullYear()) options.year = 'numeric';
  // Browsers differ in the comma after the weekday.
  return new Intl.DateTimeFormat('en-GB', options).format(date).replace(',', '');
}

/** Hour and minute in the reader's own time zone: `21:05`. */
export function timeOfDay(iso: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
}

/** A date: `6 November 2026`. */
export function longDate(iso: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' }).format(
    new Date(iso)
  );
}

/** Distance from now: `just now`, `5 minutes ago`, `in 2 hours`, and a date beyond a month. */
export function relative(iso: string, now: Date): string {
  const seconds = Math.round((Date.parse(iso) - now.getTime()) / 1000);
  const size = Math.abs(seconds);
  if (size < 45) return seconds > 5 ? 'in a moment' : 'just now';
  const words = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
  if (size < 45 * MINUTE) return words.format(Math.round(seconds / MINUTE), 'minute');
  if (size < 22 * HOUR) return words.format(Math.round(seconds / HOUR), 'hour');
  if (size < 30 * 24 * HOUR) return words.format(Math.round(seconds / (24 * HOUR)), 'day');
  return longDate(iso);
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
