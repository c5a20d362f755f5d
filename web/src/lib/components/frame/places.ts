// The places of the sidebar and the bottom bar.
import { Clapperboard, History, House, Settings, Tv } from '$lib/icons';

export const places = [
  { href: '/', label: 'Home', icon: House },
  { href: '/movies', label: 'Movies', icon: Clapperboard },
  { href: '/shows', label: 'Shows', icon: Tv },
  { href: '/timeline', label: 'Timeline', icon: History },
  { href: '/settings', label: 'Settings', icon: Settings }
];

/** Whether a page belongs to a place. */
export function isHere(href: string, path: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}
