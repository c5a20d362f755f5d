// Formats the values of the statistics. Pure.
import { LOCALE } from '$lib/messages/locale';
import { m } from '$lib/messages/statistics';

/** Watching time: `45 min`, `12.5 hours`, `1,204 hours`. */
export function duration(minutes: number): string {
  if (minutes < 60) return m.minutes(minutes);
  const hours = minutes / 60;
  return m.hours(hours < 100 ? Math.round(hours * 10) / 10 : Math.round(hours));
}

/** Hours with one decimal, for an axis. */
export const inHours = (minutes: number): number => Math.round(minutes / 6) / 10;

/** The name of a weekday; 0 is Monday. */
export function weekday(day: number, style: 'short' | 'long'): string {
  // 1 January 2024 was a Monday.
  return new Intl.DateTimeFormat(LOCALE, { weekday: style, timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, 1 + day))
  );
}

/** `21:00–22:00`. */
export function hourOfDay(hour: number): string {
  const clock = (value: number) => `${String(value % 24).padStart(2, '0')}:00`;
  return `${clock(hour)}–${clock(hour + 1)}`;
}

/** A month given by its first day: `Mar`, in full `March 2026`. */
export function monthName(start: string, style: 'short' | 'long'): string {
  const options: Intl.DateTimeFormatOptions =
    style === 'short' ? { month: 'short' } : { month: 'long', year: 'numeric' };
  return new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' }).format(
    new Date(`${start}T00:00:00Z`)
  );
}

/** A week given by its Monday: `2 Mar`, in full `Week of 2 March 2026`. */
export function weekName(start: string, style: 'short' | 'long'): string {
  const options: Intl.DateTimeFormatOptions =
    style === 'short'
      ? { day: 'numeric', month: 'short' }
      : { day: 'numeric', month: 'long', year: 'numeric' };
  const day = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' }).format(
    new Date(`${start}T00:00:00Z`)
  );
  return style === 'short' ? day : m.weekOf(day);
}

/** `1990s`. */
export const decadeName = (decade: string): string => m.decade(decade);
