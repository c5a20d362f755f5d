// Starts and stops the real binary, on a free port and with a separate data folder.
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
    private readonly restartArgs: string[]
  ) {}

  /** Runs `kinometa <command> --port 0 …` and waits until it accepts connections. */
  static async start(command: 'demo' | 'serve', ...more: string[]): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), 'kinometa-e2e-'));
    const args = [command, '--data-dir', data, ...more];
    const child = run([...args, '--port', '0']);
    const url = await address(child);
    return new Server(url, data, child, [...args, '--port', new URL(url).port]);
  }

  /** Stops the process and keeps its data. */
  async end(): Promise<void> {
    const exited = new Promise((done) => this.child.once('exit', done));
    if (this.child.exitCode === null && this.child.kill('SIGTERM')) await exited;
  }

  /** Starts again after `end`, with the same data and address. */
  async restart(): Promise<void> {
    this.child = run(this.restartArgs);
    await address(this.child);
  }

  async stop(): Promise<void> {
    await this.end();
    await rm(this.data, { recursive: true, force: true });
  }
}

function run(args: string[]): ChildProcess {
  return spawn(BINARY, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', KINOMETA_LOG: 'info', KINOMETA_LOG_FORMAT: 'text' }
  });
}

/** Waits for the log line with the address, and returns the address. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((resolveAddress, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`kinometa did not start:\n${output}`)), START_MS);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const listening = /listening[^\n]*?address=(127\.0\.0\.1:\d+)/.exec(output)?.[1];
      if (!listening) return;
      clearTimeout(timer);
      resolveAddress(`http://${listening}`);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`kinometa ended with ${code}:\n${output}`)));
  });
}
