// Formats times for display and for screen readers. Pure: the current time is always an argument.
import { m } from '$lib/messages/common';
import { LOCALE, language } from '$lib/messages/language';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY_MS = 24 * HOUR * 1000;

/** A position in a video: `4:05`, `1:02:03`. Negative and unknown values read as zero. */
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
  const [hours, minutes, seconds] = [
    Math.floor(total / HOUR),
    Math.floor((total % HOUR) / MINUTE),
    total % MINUTE
  ];
  const parts = [
    hours > 0 && m.hours(hours),
    minutes > 0 && m.minutes(minutes),
    (seconds > 0 || total === 0) && m.seconds(seconds)
  ];
  return parts.filter(Boolean).join(' ');
}

/** Running time: `48 min`, `1 h 42 min`, `2 h`. */
export function runtime(minutes: number | null | undefined): string {
  if (!minutes || minutes < 1) return '';
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  if (hours === 0) return m.shortMinutes(rest);
  return rest === 0 ? m.shortHours(hours) : `${m.shortHours(hours)} ${m.shortMinutes(rest)}`;
}

/** A remaining time: `12 s`, `4 min`, `1 h 5 min`. */
export function remaining(seconds: number): string {
  if (seconds < 60) return m.shortSeconds(Math.max(1, Math.round(seconds)));
  return runtime(Math.round(seconds / 60));
}

/** A countdown: `9:41`. */
export function countdown(untilIso: string | null | undefined, now: Date): string {
  if (!untilIso) return '';
  return clock(Date.parse(untilIso) - now.getTime());
}

/**
 * A calendar day given as `YYYY-MM-DD`: `Today`, `Yesterday`, `Friday 6 November`, with the year when it
 * isn't this one.
 */
export function dayName(day: string, now: Date): string {
  const date = new Date(`${day}T00:00:00`);
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const distance = Math.round((today.getTime() - date.getTime()) / DAY_MS);
  if (distance === 0) return m.today;
  if (distance === 1) return m.yesterday;
  const options: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };
  if (date.getFullYear() !== now.getFullYear()) options.year = 'numeric';
  const name = new Intl.DateTimeFormat(LOCALE, options).format(date);
  // In English, only some browsers write a comma after the weekday.
  return language === 'en' ? name.replace(',', '') : name;
}

/** Hour and minute in the browser's time zone: `21:05`. */
export function timeOfDay(iso: string): string {
  return new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
}

/** A date: `6 November 2026`. */
export function longDate(iso: string): string {
  return new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long', year: 'numeric' }).format(
    new Date(iso)
  );
}

/** A date without a time, such as a birthday, independent of the time zone. */
export function calendarDay(day: string): string {
  const options: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC'
  };
  return new Intl.DateTimeFormat(LOCALE, options).format(new Date(day));
}

/** A time relative to now: `just now`, `5 minutes ago`, `in 2 hours`; a date if it is more than a month away. */
export function relative(iso: string, now: Date): string {
  const seconds = Math.round((Date.parse(iso) - now.getTime()) / 1000);
  const size = Math.abs(seconds);
  if (size < 45) return seconds > 5 ? m.inAMoment : m.justNow;
  const format = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });
  if (size < 45 * MINUTE) return format.format(Math.round(seconds / MINUTE), 'minute');
  if (size < 22 * HOUR) return format.format(Math.round(seconds / HOUR), 'hour');
  if (size < 30 * 24 * HOUR) return format.format(Math.round(seconds / (24 * HOUR)), 'day');
  return longDate(iso);
}

/** The value of a `datetime-local` input, to the minute: `2026-11-06T21:05`. */
export function localInput(date: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}
