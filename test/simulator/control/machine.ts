import type { ClockMode } from '../clock';
import { applyConfig, type Config, type DeepPartial } from '../config';
import type { FaultRule } from '../faults';
import type { RequestFilter } from '../request-log';
import { type ShapeChoice, shapeTable } from '../shapes';
import type { MultipartUpload, PartHistory } from '../storage/object-store';
import type { World } from '../world';

export interface StoredObject {
  uploadId: string;
  clipId: string;
  key: string;
  state: 'open' | 'completed' | 'aborted';
  /** The size that init was told; nothing makes a client keep to it. */
  declaredBytes: number;
  /** Of the assembled object; of the parts so far while it is open. */
  sizeBytes: number;
  parts: { partNumber: number; sizeBytes: number; etag: string }[];
  history: PartHistory[];
  createdAtMs: number;
}

/** Commands for time, shapes, faults, settings, the log and the storage. */
export function machineCommands(world: World) {
  return {
    reset: (): null => {
      world.reset();
      return null;
    },

    clock: () => ({
      nowMs: world.clock.now(),
      mode: world.clock.mode,
      speed: world.clock.speed,
    }),
    advance: (input: { byMs: number }) => ({ nowMs: world.clock.advance(input.byMs) }),
    setClock: (input: { toMs?: number; mode?: ClockMode; speed?: number }) => {
      if (input.toMs !== undefined) world.clock.set(input.toMs);
      if (input.mode || input.speed) {
        world.clock.configure(input.mode ?? world.clock.mode, input.speed ?? world.clock.speed);
      }
      return { nowMs: world.clock.now() };
    },

    shapes: () => world.shapes.all(),
    shapeTable: () => shapeTable,
    setShapes: (input: ShapeChoice): null => {
      for (const [name, value] of Object.entries(input)) world.shapes.set(name, value);
      return null;
    },

    config: (): Config => world.config,
    configure: (input: DeepPartial<Config>): Config => {
      applyConfig(world.config, input);
      return world.config;
    },

    addFault: (input: FaultRule) => ({ id: world.faults.add(input) }),
    faults: () => world.faults.list(),
    removeFault: (input: { id: string }) => ({ removed: world.faults.remove(input.id) }),
    clearFaults: (): null => {
      world.faults.clear();
      return null;
    },

    createSessionToken: (input: { accountId: string; lifetimeMs?: number }) => ({
      token: world.realtime.createToken(input.accountId, input.lifetimeMs ?? 3_600_000),
    }),
    sendRealtime: (input: { accountId: string; message: unknown }) => ({
      sent: world.realtime.send(
        input.accountId,
        typeof input.message === 'string' ? input.message : JSON.stringify(input.message),
      ),
    }),
    openSockets: () => ({ count: world.realtime.openSockets }),
    dropSockets: (): null => {
      world.realtime.dropAll();
      return null;
    },

    requests: (input: RequestFilter) => world.log.list(input),
    inFlight: () => world.log.inFlight(),
    counters: () => world.log.counters(),
    keyLeaks: () => world.log.leaks(),
    clearLog: (): null => {
      world.log.clear();
      return null;
    },

    objects: (): StoredObject[] => world.store.list().map(objectView),
    danglingUploads: (): StoredObject[] =>
      world.store
        .list()
        .filter((upload) => upload.state === 'open')
        .map(objectView),
    objectHash: async (input: { clipId: string }) => {
      const upload = world.store
        .list()
        .find((one) => one.clipId === input.clipId && one.state === 'completed');
      if (!upload) throw new Error(`there is no finished object for the clip ${input.clipId}`);
      const { sizeBytes } = objectView(upload);
      return { sha256: await world.store.sha256(upload), sizeBytes };
    },
  };
}

function objectView(upload: MultipartUpload): StoredObject {
  const parts = upload.object ?? [...upload.parts.values()];
  const sorted = [...parts].sort((a, b) => a.partNumber - b.partNumber);
  return {
    uploadId: upload.uploadId,
    clipId: upload.clipId,
    key: upload.key,
    state: upload.state,
    declaredBytes: upload.declaredBytes,
    sizeBytes: sorted.reduce((sum, part) => sum + part.sizeBytes, 0),
    parts: sorted.map(({ partNumber, sizeBytes, md5Hex }) => ({
      partNumber,
      sizeBytes,
      etag: `"${md5Hex}"`,
    })),
    history: [...upload.history.values()].sort((a, b) => a.partNumber - b.partNumber),
    createdAtMs: upload.createdAtMs,
  };
}
