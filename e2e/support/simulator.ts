// The simulator's control door: what "Trakt" knows, and what it is to do wrong.
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

  /** What another device of this person does, straight to Trakt. */
  async elsewhere(username: string, path: string, body: unknown): Promise<void> {
    const answer = await this.request.post(`${this.url}/_sim/as/${username}${path}`, { data: body });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  }

  /** When this person watched a movie, as Trakt has it. */
  async times(username: string, movie: number): Promise<string[]> {
    const answer = await this.request.get(
      `${this.url}/_sim/as/${username}/sync/history/movies/${movie}?limit=100`
    );
    return ((await answer.json()) as { watched_at: string }[]).map((play) => play.watched_at);
  }

  /** How many titles are hidden from this person's recommendations. */
  async hidden(username: string): Promise<number> {
    const answer = await this.request.get(
      `${this.url}/_sim/as/${username}/users/hidden/recommendations?limit=250`
    );
    return ((await answer.json()) as unknown[]).length;
  }

  /** What Trakt lists for this person under an address. */
  async held<Item>(username: string, path: string): Promise<Item[]> {
    const answer = await this.request.get(`${this.url}/_sim/as/${username}${path}`);
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as Item[];
  }

  /** Trakt ends every connection of this person. */
  async revoke(username: string): Promise<void> {
    const answer = await this.request.delete(`${this.url}/_sim/users/${username}/tokens`);
    if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
  }

  profile(username: string): string {
    return `${this.url}/profile/${username}`;
  }
}
