// Controls the simulated Trakt through its control API: reads its data, acts as other devices and ends
// connections.
import type { APIRequestContext } from '@playwright/test';

export interface SimulatedPlays {
  plays: number;
}

export class Simulator {
  constructor(
    readonly url: string,
    private readonly request: APIRequestContext
  ) {}

  async plays(username: string): Promise<number> {
    const answer = await this.request.get(`${this.url}/_sim/users/${username}`);
    return ((await answer.json()) as SimulatedPlays).plays;
  }

  /** Sends a write to Trakt as another device of this user. */
  async actAs(username: string, path: string, body: unknown): Promise<void> {
    const answer = await this.request.post(`${this.url}/_sim/as/${username}${path}`, { data: body });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  }

  /** Returns when this user watched a movie, according to Trakt. */
  async times(username: string, movie: number): Promise<string[]> {
    const answer = await this.request.get(
      `${this.url}/_sim/as/${username}/sync/history/movies/${movie}?limit=100`
    );
    return ((await answer.json()) as { watched_at: string }[]).map((play) => play.watched_at);
  }

  /** Returns how many titles are hidden from this user's recommendations. */
  async hidden(username: string): Promise<number> {
    const answer = await this.request.get(
      `${this.url}/_sim/as/${username}/users/hidden/recommendations?limit=250`
    );
    return ((await answer.json()) as unknown[]).length;
  }

  /** Returns the items of a list that Trakt has for this user at `path`. */
  async read<Item>(username: string, path: string): Promise<Item[]> {
    const answer = await this.request.get(`${this.url}/_sim/as/${username}${path}`);
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as Item[];
  }

  /** Ends every connection of this user. */
  async revoke(username: string): Promise<void> {
    const answer = await this.request.delete(`${this.url}/_sim/users/${username}/tokens`);
    if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
  }

  profile(username: string): string {
    return `${this.url}/profile/${username}`;
  }
}
