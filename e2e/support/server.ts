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
    private readonly child: ChildProcess
  ) {}

  /** `kinometa <command> --port 0 …`, ready when it answers. */
  static async start(command: 'demo' | 'serve', ...more: string[]): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), 'kinometa-e2e-'));
    const child = spawn(BINARY, [command, '--data-dir', data, '--port', '0', ...more], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', KINOMETA_LOG: 'info', KINOMETA_LOG_FORMAT: 'text' }
    });
    return new Server(await address(child), data, child);
  }

  async stop(): Promise<void> {
    const gone = new Promise((done) => this.child.once('exit', done));
    if (this.child.exitCode === null && this.child.kill('SIGTERM')) await gone;
    await rm(this.data, { recursive: true, force: true });
  }
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
