// A private Alfa with its simulated Telegram, on a port and in a folder of its own.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const BINARY = resolve(process.env.ALFA_BINARY ?? join(import.meta.dirname, '../../target/debug/alfa'));
const WORLD = join(import.meta.dirname, 'world.yaml');
const START_MS = 60_000;
const STOP_MS = 15_000;

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? done(address.port) : failed(new Error('no port')),
      );
    });
  });
}

export class Alfa {
  private process: ChildProcess | null = null;

  private constructor(
    readonly port: number,
    /** Where its database and log are. */
    readonly folder: string,
    private readonly settings: Record<string, string>,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<Alfa> {
    const alfa = new Alfa(await freePort(), mkdtempSync(join(tmpdir(), 'alfa-browser-')), settings);
    await alfa.up();
    return alfa;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The file of its database, for what may be done to it while the process is down. */
  get database(): string {
    return join(this.folder, 'alfa.db');
  }

  /** Starts the process (again), in the same folder and on the same port. */
  async up() {
    const log = openSync(join(this.folder, 'out.log'), 'a');
    this.process = spawn(BINARY, ['serve'], {
      cwd: this.folder,
      stdio: ['ignore', log, log],
      env: this.environment(),
    });
    const until = Date.now() + START_MS;
    while (Date.now() < until) {
      const alive = await fetch(`${this.url}/health`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (alive) return this.connected(until);
      if (this.process.exitCode !== null) break;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(
      `alfa does not start:\n${readFileSync(join(this.folder, 'out.log'), 'utf8').slice(-4000)}`,
    );
  }

  /**
   * Waits until the account of the sandbox is in touch with the simulated Telegram: on a slow machine that takes longer
   * than the first page, and what is asked of Telegram before is rightly refused. Who must log in first cannot ask.
   */
  private async connected(until: number) {
    if (this.settings.ALFA_ADMIN_PASSWORD) return;
    let states: string[] = [];
    while (Date.now() < until) {
      const { items } = await this.call<{ items: { state: string }[] }>('GET', '/api/accounts');
      states = items.map((one) => one.state);
      if (states.includes('ready')) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`no account is ready: ${states.join(', ')}`);
  }

  private environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      PORT: String(this.port),
      SANDBOX_SCENARIO: WORLD,
      SETTLE_SECONDS: '1',
      ...this.settings,
    };
  }

  /** Stops the process; its data stays. */
  async down() {
    const running = this.process;
    this.process = null;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((done) => running.once('exit', done));
    running.kill('SIGTERM');
    const hard = setTimeout(() => running.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(hard);
  }

  async end() {
    await this.down();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs a command of the program on the same data, while the server is down. */
  run(...command: string[]) {
    execFileSync(BINARY, command, { cwd: this.folder, stdio: 'ignore', env: this.environment() });
  }

  /** A call of the API, for what a test prepares or proves beside the browser. */
  async call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const json =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
    const answer = await fetch(this.url + path, { method, ...json });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? (undefined as T) : ((await answer.json()) as T);
  }

  /** Uploads contacts as the importer does, without the browser. */
  async contacts(csv: string) {
    const form = new FormData();
    form.set('file', new Blob([csv]), 'contacts.csv');
    const answer = await fetch(`${this.url}/api/contacts/upload`, { method: 'POST', body: form });
    if (!answer.ok) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
  }
}
