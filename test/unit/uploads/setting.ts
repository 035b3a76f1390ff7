import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { type LoggedRequest, type Simulator, startSimulator } from '../../simulator/client';
import { endWorkers, Folder, Rig, type RigOptions } from './rig';

/** One simulator and one folder for a test file; each test begins with neither faults nor log. */
export class Setting {
  simulator!: Simulator;
  folder!: Folder;
  #brandId = '';
  #rigs: Rig[] = [];
  #afterId = 0;

  constructor() {
    // Several megabytes pass through two processes, on a machine that may have more to do.
    vi.setConfig({ testTimeout: 30_000 });
    beforeAll(async () => {
      this.folder = new Folder();
      this.simulator = await startSimulator();
    });
    beforeEach(async () => {
      await this.simulator.reset();
      await this.clearLog();
      this.#brandId = (await this.simulator.createBrand({ name: 'Acme', slug: 'acme' })).id;
    });
    afterEach(async () => {
      for (const rig of this.#rigs.splice(0)) await rig.end();
    });
    afterAll(async () => {
      await endWorkers();
      await this.simulator?.stop();
      this.folder?.remove();
    });
  }

  /** A queue that is not started yet; it is closed when the test ends. */
  rig(options: RigOptions = {}): Rig {
    const rig = new Rig(this.simulator, this.#brandId, options);
    this.#rigs.push(rig);
    return rig;
  }

  /** From here on, `puts` and `calls` return only what comes later. */
  async clearLog(): Promise<void> {
    const newest = await this.simulator.requests({ limit: 1 });
    this.#afterId = newest[0]?.id ?? 0;
  }

  /** PUTs of parts so far, in order of arrival. */
  puts(): Promise<LoggedRequest[]> {
    return this.#requests('storage');
  }

  /** Calls of one step (`init`, `presign`, `complete`, `abort`) so far. */
  async calls(step: string): Promise<LoggedRequest[]> {
    const all = await this.#requests('autoposting');
    return all.filter((request) => request.path === `/clips/upload/${step}`);
  }

  #requests(service: 'storage' | 'autoposting'): Promise<LoggedRequest[]> {
    return this.simulator.requests({ service, afterId: this.#afterId, limit: 5000 });
  }

  /** SHA-256 of what the storage host has assembled for an upload. */
  async storedHash(rig: Rig, id: string): Promise<string | null> {
    const clipId = rig.upload(id).remote?.clipId ?? '';
    return (await this.simulator.objectHash(clipId)).sha256;
  }
}
