/** Where to go after signing in. Only paths of ours: an address made by somebody else must not lead away. */
export function safeNext(next: string | null): string {
  if (!next?.startsWith('/') || /^\/[/\\]/.test(next) || next.startsWith('/sign-in')) return '/';
  return next;
}
