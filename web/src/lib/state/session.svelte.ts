// The signed-in user and their preferences.
import { accounts, type Session, type User } from '$lib/api';
import { onSignedOut } from '$lib/api/client';
import { m } from '$lib/messages/common';
import type { Language } from '$lib/messages/language';
import { live } from './live.svelte';
import type { Preferences } from './preferences';

class SessionState {
  value = $state.raw<Session | null>(null);
  #saving: ReturnType<typeof setTimeout> | undefined;

  get user(): User | null {
    return this.value?.user ?? null;
  }

  get preferences(): Preferences {
    return (this.user?.preferences ?? {}) as Preferences;
  }

  async load(): Promise<Session> {
    this.accept(await accounts.getSession());
    return this.value as Session;
  }

  accept(session: Session): void {
    this.value = session;
    if (session.user) live.open(session.live_cursor);
    else live.close();
  }

  acceptUser(user: User): void {
    if (this.value) this.value = { ...this.value, user };
  }

  /** Changes preferences immediately here, and on the server after a delay that batches several changes. */
  savePreferences(changes: Preferences): void {
    const user = this.user;
    if (!user) return;
    const preferences = { ...user.preferences, ...changes };
    this.acceptUser({ ...user, preferences });
    clearTimeout(this.#saving);
    // Failures are ignored: the preference still applies until the page is closed.
    this.#saving = setTimeout(() => void accounts.updateMe({ preferences }).catch(() => undefined), 800);
  }

  /**
   * Saves the language for all devices; undefined for the browser's. Waits for the server, because the page
   * may reload.
   */
  async saveLanguage(language: Language | undefined): Promise<void> {
    this.acceptUser(await accounts.updateMe({ preferences: { language: language ?? null } }));
  }

  async signOut(): Promise<void> {
    await accounts.signOut();
    reloadAt('/sign-in');
  }

  /** Redirects to the sign-in page after this browser's session has ended. */
  handleSignedOut(): void {
    if (!this.user || location.pathname === '/sign-in') return;
    reloadAt(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
}

/** Reloads the page completely, so that no data of one user stays in memory for the next. */
function reloadAt(address: string): void {
  live.close();
  location.assign(address);
}

export const session = new SessionState();

/** The name of this server; Kinometa by default. */
export function serverName(): string {
  return session.value?.server.name ?? m.appName;
}

/** The title of the browser's window. */
export const windowTitle = (page: string): string => m.windowTitle(page, serverName());

onSignedOut(() => session.handleSignedOut());
