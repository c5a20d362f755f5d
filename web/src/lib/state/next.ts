/** The page after signing in. Only paths on this server, so that a crafted link cannot redirect elsewhere. */
export function safeNext(next: string | null): string {
  if (!next?.startsWith('/') || /^\/[/\\]/.test(next) || next.startsWith('/sign-in')) return '/';
  return next;
}
