import { expect, it } from 'vitest';
import { Slots } from '../../../main/uploads/slots';

const never = new AbortController().signal;

/** Takes every place that can be had, frees one as after a part of this time, and so on. */
async function placesAfter(slots: Slots, tookMs: number | null, parts: number): Promise<number> {
  const inUse: ((tookMs: number | null) => void)[] = [];
  const stop = new AbortController();
  const asked = Array.from({ length: 50 }, () =>
    slots
      .take(stop.signal)
      .then((free) => inUse.push(free))
      .catch(() => undefined),
  );
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  for (let part = 0; part < parts; part += 1) {
    await turn();
    inUse.shift()?.(tookMs);
  }
  await turn();
  stop.abort();
  await Promise.all(asked);
  const places = inUse.length;
  for (const free of inUse) free(null);
  return places;
}

it('a fast link is given more parts at once, up to the limit', async () => {
  const slots = new Slots(12);
  expect(await placesAfter(slots, null, 0)).toBe(4);
  expect(await placesAfter(slots, 100, 3)).toBe(7);
  expect(await placesAfter(slots, 100, 30)).toBe(12);
});

it('a slow link is given few, so that a crash costs little, and more when it recovers', async () => {
  const slots = new Slots(12);
  expect(await placesAfter(slots, 60_000, 10)).toBe(2);
  expect(await placesAfter(slots, 30_000, 10)).toBe(2);
  expect(await placesAfter(slots, 5_000, 2)).toBe(4);
});

it('parts that did not arrive say nothing of the link', async () => {
  expect(await placesAfter(new Slots(12), null, 20)).toBe(4);
});

it('a limit of one is kept', async () => {
  const slots = new Slots(1);
  expect(await placesAfter(slots, 100, 5)).toBe(1);
  expect(await placesAfter(slots, 60_000, 5)).toBe(1);
});

it('a place freed twice is given out once', async () => {
  const slots = new Slots(1);
  const free = await slots.take(never);
  free(null);
  free(null);
  await slots.take(never);
  expect(await placesAfter(slots, null, 0)).toBe(0);
});
