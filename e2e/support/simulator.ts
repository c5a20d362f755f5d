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

  profile(username: string): string {
    return `${this.url}/profile/${username}`;
  }
}
