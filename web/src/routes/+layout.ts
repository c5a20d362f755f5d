import { redirect } from '@sveltejs/kit';
import { asApiError, type ApiError } from '$lib/api';
import { loadFonts } from '$lib/fonts';
import { session } from '$lib/state/session.svelte';
import type { LayoutLoad } from './$types';

export const ssr = false;
export const prerender = false;

if (typeof document !== 'undefined') loadFonts();

/** Pages that don't require signing in. */
const PUBLIC_PATHS = ['/setup', '/sign-in'];

export const load: LayoutLoad = async ({ url }): Promise<{ unreachable: ApiError | null }> => {
  try {
    if (!session.value) await session.load();
  } catch (thrown) {
    return { unreachable: asApiError(thrown) };
  }
  const path = url.pathname;
  if (session.value?.setup_required && path !== '/setup') redirect(307, '/setup');
  if (!session.value?.setup_required && path === '/setup') redirect(307, '/');
  if (!session.user && !PUBLIC_PATHS.includes(path)) {
    redirect(307, `/sign-in?next=${encodeURIComponent(path + url.search)}`);
  }
  if (session.user && path === '/sign-in') redirect(307, '/');
  return { unreachable: null };
};
