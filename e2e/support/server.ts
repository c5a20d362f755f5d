// Starts the real binary on a free port with a data folder of its own, and ends it.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const BINARY = process.env.KINOMETA_BIN ?? resolve(import.meta.dirname, '../../target/debug/kinometa');
const START_MS = 60_000;

export class Server {
  private constructor(
    readonly url: string,
    readonly data: string,
    private child: ChildProcess,
    private readonly again: string[]
  ) {}

  /** `kinometa <command> --port 0 …`, ready when it answers. */
  static async start(command: 'demo' | 'serve', ...more: string[]): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), 'kinometa-e2e-'));
    const asked = [command, '--data-dir', data, ...more];
    const child = run([...asked, '--port', '0']);
    const url = await address(child);
    return new Server(url, data, child, [...asked, '--port', new URL(url).port]);
  }

  /** Ends the process and keeps its data. */
  async end(): Promise<void> {
    const gone = new Promise((done) => this.child.once('exit', done));
    if (this.child.exitCode === null && this.child.kill('SIGTERM')) await gone;
  }

  /** Starts again after an end: same data, same address. */
  async startAgain(): Promise<void> {
    this.child = run(this.again);
    await address(this.child);
  }

  async stop(): Promise<void> {
    await this.end();
    await rm(this.data, { recursive: true, force: true });
  }
}

function run(words: string[]): ChildProcess {
  return spawn(BINARY, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', KINOMETA_LOG: 'info', KINOMETA_LOG_FORMAT: 'text' }
  });
}

/** Waits for the log's line that names the address. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = '';
    const timer = setTimeout(() => failed(new Error(`kinometa did not start:\n${said}`)), START_MS);
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const listening = /listening[^\n]*?address=(127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (!listening) return;
      clearTimeout(timer);
      found(`http://${listening}`);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => failed(new Error(`kinometa ended with ${code}:\n${said}`)));
  });
}
