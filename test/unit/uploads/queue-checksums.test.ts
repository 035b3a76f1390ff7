import { appendFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Stopped } from '../../../main/uploads/failure';
import type { PartWorkers } from '../../../main/uploads/workers/part-workers';
import { QueueClock } from './queue-clock';
import { MIB, sha256, until } from './rig';
import { Setting } from './setting';

const setting = new Setting();
const DAY_MS = 24 * 60 * 60_000;

/** Checksums that end only when the test says so, or when they are interrupted. */
function steered() {
  const begun: { end(): void; aborted: boolean }[] = [];
  const workers = (real: PartWorkers): Partial<PartWorkers> => ({
    sha256: (file, signal) =>
      new Promise((resolve, reject) => {
        const work = { end: () => resolve(real.sha256(file, signal)), aborted: false };
        signal.addEventListener('abort', () => {
          work.aborted = true;
          reject(new Stopped());
        });
        begun.push(work);
      }),
  });
  return { begun, workers };
}

it('a file that was sent gets its SHA-256, and the log has it', async () => {
  const path = setting.folder.video('sum.mp4', 6 * MIB);
  const rig = setting.rig();
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  await until('it is computed', () => rig.upload(id).sha256Hex !== null);
  const sha256Hex = sha256(path);
  expect(rig.upload(id).sha256Hex).toBe(sha256Hex);
  expect(rig.store.events(id).at(-1)?.event).toEqual({ kind: 'checksum', sha256Hex });
});

it('checksums never slow an upload: one that begins interrupts them, and they come after it', async () => {
  const { begun, workers } = steered();
  const rig = setting.rig({ workers });
  rig.queue.start();
  const one = await rig.add(setting.folder.video('sum-one.mp4', MIB));
  await rig.reaches(one, 'sent');
  await until('the first begins', () => begun.length === 1);
  const two = await rig.add(setting.folder.video('sum-two.mp4', MIB));
  expect(begun[0]?.aborted).toBe(true);
  await rig.reaches(two, 'sent');
  await until('it begins again', () => begun.length === 2);
  begun[1]?.end();
  await until('the other begins', () => begun.length === 3);
  expect(rig.upload(one).sha256Hex).not.toBeNull();
  begun[2]?.end();
  await until('both are there', () => rig.upload(two).sha256Hex !== null);
});

it('a file that changed after it was sent gets no checksum, and that is no failure', async () => {
  const { begun, workers } = steered();
  const path = setting.folder.video('sum-changed.mp4', MIB);
  const rig = setting.rig({ workers });
  rig.queue.start();
  const id = await rig.add(path);
  await until('it begins', () => begun.length === 1);
  appendFileSync(path, 'more');
  begun[0]?.end();
  const other = await rig.add(setting.folder.video('sum-other.mp4', MIB));
  await rig.reaches(other, 'sent');
  await until('the next begins', () => begun.length >= 2);
  begun.at(-1)?.end();
  await until('the next has one', () => rig.upload(other).sha256Hex !== null);
  expect(rig.upload(id)).toMatchObject({ state: 'sent', problem: null, sha256Hex: null });
});

it('a checksum that a quit interrupted is computed after the next start, within a day', async () => {
  const { begun, workers } = steered();
  const first = setting.rig({ workers });
  first.queue.start();
  const id = await first.add(setting.folder.video('sum-quit.mp4', MIB));
  await until('it begins', () => begun.length === 1);
  await first.end();
  expect(begun[0]?.aborted).toBe(true);
  expect(first.upload(id).sha256Hex).toBeNull();

  const clock = new QueueClock();
  clock.pass(DAY_MS + 60_000);
  const late = setting.rig({ store: first.store, clock, workers });
  late.queue.start();
  expect(begun.length).toBe(1);
  const second = setting.rig({ store: first.store });
  second.queue.start();
  await until('it is computed', () => second.upload(id).sha256Hex !== null);
});
