// The destinations in the sidebar and the bottom bar. There is no room for those with `isWide` in the bottom bar.
import { ChartColumn, Clapperboard, History, House, Layers, ListVideo, Settings, Tv } from '$lib/icons';
import { m } from '$lib/messages/navigation';

export const destinations = [
  { href: '/', label: m.home, icon: House },
  { href: '/movies', label: m.movies, icon: Clapperboard },
  { href: '/shows', label: m.shows, icon: Tv },
  { href: '/collections', label: m.collections, icon: Layers, isWide: true },
  { href: '/lists', label: m.lists, icon: ListVideo },
  { href: '/timeline', label: m.timeline, icon: History },
  { href: '/statistics', label: m.statistics, icon: ChartColumn, isWide: true },
  { href: '/settings', label: m.settings, icon: Settings }
];

/** Whether a path belongs to the destination. */
export function isActive(href: string, path: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}
