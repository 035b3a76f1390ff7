import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ClockMode } from './clock';
import type { Config, DeepPartial } from './config';
import type { StoredObject } from './control/machine';
import type {
  ClipRequest,
  CreatedAccount,
  ExecutionRequest,
  NewAccount,
  RenderRequest,
} from './control/objects';
import type { Commands } from './control/server';
import type { FaultRule, FaultStatus } from './faults';
import type { KeyLeak, LoggedRequest, RequestFilter } from './request-log';
import type { ShapeChoice } from './shapes';
import type {
  Account,
  Brand,
  Clip,
  Execution,
  KeyState,
  PlatformConnection,
  RenderJob,
} from './types';
import type { Addresses } from './world';

export type { DeepPartial } from './config';
export type { FaultAction } from './fault-actions';
export { faults } from './fault-actions';
export type { FaultRule, FaultStatus } from './faults';
export type { LoggedRequest } from './request-log';

export interface SimulatorOptions {
  /** `manual` by default: a test moves time itself. */
  clock?: ClockMode;
  /** For a real clock: how much faster than real time it runs. */
  speed?: number;
  /** The clock's time at the start, as an ISO date. */
  start?: string;
  /** The first of four consecutive ports; any free ones if omitted. */
  port?: number;
  shapes?: ShapeChoice;
  config?: DeepPartial<Config>;
  /** Makes ids and keys repeatable. */
  seed?: number;
  /** Hash uploaded parts without keeping their bytes. */
  sink?: boolean;
}

type Input<N extends keyof Commands> = Parameters<Commands[N]> extends [infer I] ? I : undefined;
type Output<N extends keyof Commands> = Awaited<ReturnType<Commands[N]>>;

/** The simulator's control API. */
export class SimulatorControl {
  /** Addresses of the services; `autopostingUrl` ends in /api-proxy. */
  readonly autopostingUrl: string;
  readonly clippingUrl: string;
  readonly storageUrl: string;
  readonly controlUrl: string;
  /** One good key per service. */
  readonly keys: { autoposting: string; clipping: string };

  constructor(ready: Addresses & { keys: { autoposting: string; clipping: string } }) {
    this.autopostingUrl = ready.autopostingUrl;
    this.clippingUrl = ready.clippingUrl;
    this.storageUrl = ready.storageUrl;
    this.controlUrl = ready.controlUrl;
    this.keys = ready.keys;
  }

  /** Runs any command by name. Throws with the simulator's message when it refuses. */
  async call<N extends keyof Commands>(name: N, input?: Input<N>): Promise<Output<N>> {
    const answer = await fetch(`${this.controlUrl}/${name}`, {
      method: 'POST',
      body: JSON.stringify(input ?? {}),
    });
    const body = (await answer.json()) as Output<N> & { error?: string };
    if (!answer.ok) throw new Error(`simulator ${name}: ${body.error}`);
    return body;
  }

  /**
   * Resets objects, shapes, faults, settings and log to the start; requests still in flight are
   * cut. The clock and the first keys stay.
   */
  reset(): Promise<null> {
    return this.call('reset');
  }

  /** The services' time in milliseconds since 1970. */
  async nowMs(): Promise<number> {
    return (await this.call('clock')).nowMs;
  }

  /** Moves time; everything that is due by then has happened when this resolves. Negative: back. */
  async advance(byMs: number): Promise<number> {
    return (await this.call('advance', { byMs })).nowMs;
  }

  /** Sets the time, or how it passes. */
  async setClock(change: { toMs?: number; mode?: ClockMode; speed?: number }): Promise<number> {
    return (await this.call('setClock', change)).nowMs;
  }

  /** Chooses answer shapes; see shapes.ts for names, values and why each exists. */
  setShapes(shapes: ShapeChoice): Promise<null> {
    return this.call('setShapes', shapes);
  }

  /** Changes plans, fees, lifetimes, limits; only what is given. See config.ts. */
  configure(change: DeepPartial<Config>): Promise<Config> {
    return this.call('configure', change);
  }

  /**
   * Arms a fault; returns its id. It strikes the next matching request unless `times` says more.
   */
  async addFault(rule: FaultRule): Promise<string> {
    return (await this.call('addFault', rule)).id;
  }

  /** The armed faults, with how often each matched and struck. */
  faults(): Promise<FaultStatus[]> {
    return this.call('faults');
  }

  async removeFault(id: string): Promise<boolean> {
    return (await this.call('removeFault', { id })).removed;
  }

  clearFaults(): Promise<null> {
    return this.call('clearFaults');
  }

  /** Logged requests, oldest first, at most the newest 200 unless `limit` says more. */
  requests(filter: RequestFilter = {}): Promise<LoggedRequest[]> {
    return this.call('requests', filter);
  }

  /** Requests that have no answer yet. */
  inFlight(): Promise<LoggedRequest[]> {
    return this.call('inFlight');
  }

  /** How many requests each route had, by `service METHOD /path`. */
  counters(): Promise<Record<string, number>> {
    return this.call('counters');
  }

  /** Keys seen where they must not be: at the storage host, in a URL, at the other service. */
  keyLeaks(): Promise<KeyLeak[]> {
    return this.call('keyLeaks');
  }

  /** Clears the log, the counters and the leaks. */
  clearLog(): Promise<null> {
    return this.call('clearLog');
  }

  /** Makes an account with a key, and with a brand at Autoposting. */
  createAccount(account: NewAccount): Promise<CreatedAccount> {
    return this.call('createAccount', account);
  }

  /** Makes another key of an account. `suspended` and `broke` change the account itself. */
  async createKey(accountId: string, state: KeyState = 'ok', scopes?: string[]): Promise<string> {
    return (await this.call('createKey', { accountId, state, ...(scopes && { scopes }) })).key;
  }

  /** Revokes a key or makes it good again, or changes its scopes (null: all). */
  setKey(change: { key: string; revoked?: boolean; scopes?: string[] | null }): Promise<null> {
    return this.call('setKey', change);
  }

  /** Sets an account's balance (coins or credits) or suspension. */
  setAccount(change: {
    accountId: string;
    balance?: number;
    suspended?: boolean;
  }): Promise<Account> {
    return this.call('setAccount', change);
  }

  /** How the platforms of a brand are connected; the first brand without `brandId`. */
  setConnections(change: { brandId?: string; platforms: PlatformConnection[] }): Promise<Brand> {
    return this.call('setConnections', change);
  }

  /** All accounts; the first of each service is the one of `keys`. */
  accounts(): Promise<(Account & { keyLabels: string[] })[]> {
    return this.call('accounts');
  }

  createBrand(brand: { accountId?: string; name: string; slug: string }): Promise<Brand> {
    return this.call('createBrand', brand);
  }

  /** Makes clips in any state, of the first account by default. */
  createClips(clip: ClipRequest = {}): Promise<Clip[]> {
    return this.call('createClips', clip);
  }

  /** Makes a render job in any state. */
  createRender(render: RenderRequest): Promise<RenderJob> {
    return this.call('createRender', render);
  }

  /** Makes executions in any state, of the first account by default. */
  createExecutions(execution: ExecutionRequest = {}): Promise<Execution[]> {
    return this.call('createExecutions', execution);
  }

  /** Makes a reporter with a workflow; others can use a public one, and its owner pays. */
  createReporter(reporter: {
    accountId: string;
    name: string;
    public?: boolean;
  }): Promise<{ reporterId: string; workflowId: string }> {
    return this.call('createReporter', reporter);
  }

  clips(): Promise<Clip[]> {
    return this.call('clips');
  }

  renders(): Promise<RenderJob[]> {
    return this.call('renders');
  }

  executions(): Promise<Execution[]> {
    return this.call('executions');
  }

  /** Brands, items, reporters, workflows, collections, schedules, runs, documents and posts. */
  things(): Promise<Output<'things'>> {
    return this.call('things');
  }

  /** Gives a clip, render or execution any status by hand; null returns it to its plan. */
  setStatus(id: string, status: string | null): Promise<null> {
    return this.call('setStatus', { id, status });
  }

  /** Overrides fields of an object's answers: odd types, wrong times, anything. */
  setFields(id: string, fields: Record<string, unknown>): Promise<null> {
    return this.call('setFields', { id, fields });
  }

  /** Lets an object vanish (404, not in lists) or come back. */
  setHidden(id: string, hidden: boolean): Promise<null> {
    return this.call('setHidden', { id, hidden });
  }

  /** Overrides whether active=1 lists an execution; null goes by its status. */
  setListed(executionId: string, listed: boolean | null): Promise<null> {
    return this.call('setListed', { executionId, listed });
  }

  /** A saved edit of a clip: its revision goes up, and a render with the old one is stale. */
  async editClip(clipId: string): Promise<number> {
    return (await this.call('editClip', { clipId })).editRevision;
  }

  /** Removes a clip (with its renders), a render or an execution for good. */
  remove(id: string): Promise<null> {
    return this.call('remove', { id });
  }

  /** What the person in the browser does with a user code. */
  decideDevice(userCode: string, decision: 'approve' | 'deny', accountId?: string): Promise<null> {
    return this.call('decideDevice', { userCode, decision, ...(accountId && { accountId }) });
  }

  /** Makes a session token for the realtime socket of a Clipping account. */
  async createSessionToken(accountId: string, lifetimeMs?: number): Promise<string> {
    const input = { accountId, ...(lifetimeMs !== undefined && { lifetimeMs }) };
    return (await this.call('createSessionToken', input)).token;
  }

  /** Sends a message to the account's realtime sockets; returns how many got it. */
  async sendRealtime(accountId: string, message: unknown): Promise<number> {
    return (await this.call('sendRealtime', { accountId, message })).sent;
  }

  /** How many realtime sockets are open. */
  async openSockets(): Promise<number> {
    return (await this.call('openSockets')).count;
  }

  /** Drops every realtime socket. */
  dropSockets(): Promise<null> {
    return this.call('dropSockets');
  }

  /** Every multipart upload, finished or not, with the history of each part. */
  objects(): Promise<StoredObject[]> {
    return this.call('objects');
  }

  /** Uploads neither completed nor aborted. */
  danglingUploads(): Promise<StoredObject[]> {
    return this.call('danglingUploads');
  }

  /** SHA-256 (null when bytes are not kept) and size of a clip's uploaded file. */
  objectHash(clipId: string): Promise<{ sha256: string | null; sizeBytes: number }> {
    return this.call('objectHash', { clipId });
  }

  /** Waits until a condition about the simulator holds. Throws after `timeoutMs`. */
  async until<T>(ask: () => Promise<T | null | undefined | false>, timeoutMs = 60_000): Promise<T> {
    const endMs = performance.now() + timeoutMs;
    for (;;) {
      const answer = await ask();
      if (answer) return answer;
      if (performance.now() > endMs) throw new Error(`not so within ${timeoutMs} ms: ${ask}`);
      await sleep(15);
    }
  }
}

/** A running simulator process. */
export class Simulator extends SimulatorControl {
  readonly process: ChildProcess;

  constructor(
    child: ChildProcess,
    ready: Addresses & { keys: { autoposting: string; clipping: string } },
  ) {
    super(ready);
    this.process = child;
  }

  /** Ends the process and waits until it is gone. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await gone;
  }
}

/**
 * Starts the simulator as a process of its own and waits until it listens. It ends with `stop()`,
 * and by itself when the process that started it goes. Throws with what it printed when it fails.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const argv = ['--import', loader, main, '--exit-with-parent'];
  argv.push('--clock', options.clock ?? 'manual');
  if (options.speed !== undefined) argv.push('--speed', String(options.speed));
  if (options.start !== undefined) argv.push('--start', options.start);
  if (options.port !== undefined) argv.push('--port', String(options.port));
  if (options.seed !== undefined) argv.push('--seed', String(options.seed));
  if (options.sink) argv.push('--sink');
  for (const [name, value] of Object.entries(options.shapes ?? {})) {
    argv.push('--shape', `${name}=${value}`);
  }
  const child = spawn(process.execPath, argv, { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += text;
    if (complaint.length > 10_000) complaint = complaint.slice(-10_000);
  });
  const ready = await new Promise<ConstructorParameters<typeof SimulatorControl>[0]>(
    (resolve, reject) => {
      child.once('exit', (code) =>
        reject(new Error(`the simulator ended with ${code}:\n${complaint}`)),
      );
      createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line)));
    },
  );
  const simulator = new Simulator(child, ready);
  if (options.config) await simulator.configure(options.config);
  return simulator;
}
