import { type FaultAction, faults } from '../../simulator/client';
import { type Row, row } from './row';
import { isPart, type Trial } from './trial';
import { PART_BYTES } from './videos';

const INIT = '/clips/upload/init';
const PRESIGN = '/clips/upload/presign';
const COMPLETE = '/clips/upload/complete';

/**
 * Here the rest of a part fits into the system's buffers, so the engine waits for the answer, which
 * it does four times as long as for a byte to move.
 */
const STALL_HURRY = 30;

/** Injects a fault into some of the next parts, a different one each time. */
async function strikeParts(trial: Trial, max: number, action: () => FaultAction): Promise<void> {
  const strikes = 1 + trial.below(max);
  for (let strike = 0; strike < strikes; strike += 1) {
    const skip = trial.below(2);
    await trial.inject({ service: 'storage', method: 'PUT', skip, action: action() });
  }
}

/** The offset of a byte in a part, never the last one. */
function someByte(trial: Trial): number {
  return 1 + trial.below(PART_BYTES - 1);
}

const parts =
  (action: (trial: Trial) => FaultAction, max = 3) =>
  async (trial: Trial): Promise<void> => {
    trial.add(trial.oneOf(['middle', 'long']));
    await strikeParts(trial, max, () => action(trial));
    await trial.runToEnd();
  };

const call =
  (path: string, action: (trial: Trial) => FaultAction, times = 1) =>
  async (trial: Trial): Promise<void> => {
    trial.add(trial.oneOf(['short', 'even', 'middle']));
    await trial.inject({ path, times, action: action(trial) });
    await trial.runToEnd();
  };

const fault5xx = (trial: Trial) => faults.serverError(trial.oneOf([500, 502, 503]));

/** What goes wrong at a service: calls, answers, bytes, connections. */
export function wireRows(quick: boolean): Row[] {
  const rows = (name: string, times: number, play: (trial: Trial) => Promise<void>) =>
    row(name, times, quick, play);
  return [
    rows(
      'connection reset at a random byte of a part',
      30,
      parts((trial) => faults.resetAfterRequestBytes(someByte(trial)), 4),
    ),
    rows(
      'connection reset before any byte of a part',
      6,
      parts(() => faults.resetBeforeBody()),
    ),
    rows('connection reset in a call', 9, async (trial) => {
      trial.add('middle');
      const path = trial.oneOf([INIT, PRESIGN, COMPLETE]);
      const broken = [faults.resetBeforeBody(), faults.resetWithoutEffect()];
      await trial.inject({ path, action: trial.oneOf(broken) });
      await trial.runToEnd();
    }),
    rows('5xx on init', 6, call(INIT, fault5xx, 2)),
    rows('5xx on presign', 6, call(PRESIGN, fault5xx, 2)),
    rows('5xx on a part', 10, parts(fault5xx, 4)),
    rows('5xx on complete', 6, call(COMPLETE, fault5xx, 2)),
    rows('slow peer: bytes trickle', 5, async (trial) => {
      trial.add('middle');
      const requestBytesPerSecond = 3_000_000 + trial.below(3_000_000);
      await trial.inject({ service: 'storage', action: faults.slow({ requestBytesPerSecond }) });
      await trial.inject({ path: COMPLETE, action: faults.slow({ answerBytesPerSecond: 200 }) });
      await trial.runToEnd();
    }),
    {
      ...rows('slow peer: no byte moves any more', 5, async (trial) => {
        trial.add('middle');
        trial.hurry = STALL_HURRY;
        const action = faults.stallAfterRequestBytes(someByte(trial));
        await trial.inject({ service: 'storage', method: 'PUT', action });
        await trial.runToEnd();
      }),
      waits: true,
    },
    { ...rows('slow peer: no answer to a part', 3, noAnswer), waits: true },
    { ...rows('slow peer: slower than its buffers', 3, slowBehindBuffers), waits: true },
    rows(
      'expired URL, refused in the middle of a part',
      6,
      parts((trial) => faults.expiredUrl(someByte(trial))),
    ),
    rows(
      'expired URL, refused at the end of a part',
      6,
      parts(() => faults.expiredUrl(PART_BYTES + 1)),
    ),
    rows('all signed URLs past their time', 5, async (trial) => {
      trial.add('long');
      // The answer is on its way for so long that its URLs have expired when it arrives.
      const slow = faults.slow({ answerBytesPerSecond: 2_000 });
      await trial.simulator.addFault({ path: PRESIGN, action: slow });
      const run = trial.start();
      await trial.waitForRequests(({ path, status }) => path === PRESIGN && status === 200);
      await trial.simulator.advance(20 * 60_000);
      await trial.runToEnd(run);
      trial.strikes += (await trial.requests()).filter(
        (request) => isPart(request) && request.status === 403,
      ).length;
    }),
    rows(
      'wrong ETag',
      6,
      parts(() => faults.wrongEtag(), 2),
    ),
    rows(
      'no ETag',
      4,
      parts(() => faults.missingEtag(), 2),
    ),
    rows(
      'a bit of a part stored wrong',
      6,
      parts(() => faults.corruptPart(), 2),
    ),
    rows(
      'lost answer to init',
      6,
      call(INIT, () => faults.lostAnswer()),
    ),
    rows(
      'lost answer to a part',
      8,
      parts(() => faults.lostAnswer()),
    ),
    rows(
      'lost answer to complete',
      8,
      call(COMPLETE, () => faults.lostAnswer()),
    ),
    rows(
      'complete answered with 5xx although it happened',
      6,
      call(COMPLETE, (trial) => faults.serverErrorAfterEffect(trial.oneOf([500, 502, 504]))),
    ),
    rows(
      'complete answered with success that did nothing',
      4,
      call(COMPLETE, () => faults.respond(200, { success: true }), 2),
    ),
    rows(
      'interim responses that nobody asked for',
      4,
      parts((trial) => faults.interim(1 + trial.below(3)), 4),
    ),
    rows('storage that has moved', 4, async (trial) => {
      const to = trial.simulator.storageUrl.replace('127.0.0.1', 'localhost');
      await parts(() => faults.redirect(`${to}{target}`, trial.oneOf([307, 308])))(trial);
    }),
    rows('a sign-in page in place of every answer', 4, async (trial) => {
      trial.add('long');
      const pages = [faults.html(), faults.redirect('http://127.0.0.1:9/', 302), faults.html(511)];
      const action = trial.oneOf(pages);
      const times = 6 + trial.below(6);
      await trial.inject({ service: 'storage', skip: 1, times, action });
      await trial.inject({ path: PRESIGN, skip: 1, times, action });
      await trial.inject({ path: COMPLETE, times, action });
      await trial.runToEnd();
    }),
    rows('one fault after another on the same part', 4, async (trial) => {
      trial.add('middle');
      const actions = [
        ...[faults.serverError(500), faults.serverError(502), faults.serverError(503)],
        ...[faults.wrongEtag(), faults.resetBeforeBody(), faults.expiredUrl(PART_BYTES)],
        ...[faults.lostAnswer(), faults.missingEtag()],
      ];
      for (const action of actions) {
        await trial.inject({ service: 'storage', partNumber: 2, action });
      }
      await trial.runToEnd();
    }),
    rows('all at once, three files', 8, storm),
  ];
}

async function noAnswer(trial: Trial): Promise<void> {
  trial.add('even');
  trial.hurry = STALL_HURRY;
  const effect = trial.oneOf(['apply', 'skip'] as const);
  await trial.inject({ service: 'storage', method: 'PUT', action: faults.hang(effect) });
  await trial.runToEnd();
}

/**
 * The system's buffers take a part at once, and the host then reads it for minutes, as the engine
 * counts time: longer than the engine waits for an answer at first. It has to extend its timeouts,
 * or no part would ever arrive.
 */
async function slowBehindBuffers(trial: Trial): Promise<void> {
  trial.add('even');
  trial.hurry = STALL_HURRY;
  const action = faults.slow({ requestBytesPerSecond: 600_000 + trial.below(400_000) });
  await trial.inject({ service: 'storage', method: 'PUT', times: 1_000, action });
  await trial.runToEnd();
}

async function storm(trial: Trial): Promise<void> {
  trial.add('short', 'middle', 'long');
  const seed = trial.below(2 ** 31);
  const chance = (probability: number, times: number) => ({ probability, times, seed });
  const put = { service: 'storage', method: 'PUT' } as const;
  const actions: FaultAction[] = [
    faults.resetAfterRequestBytes(someByte(trial)),
    faults.lostAnswer(),
    faults.serverError(500),
    faults.expiredUrl(PART_BYTES + 1),
    faults.wrongEtag(),
    faults.rateLimited({}),
  ];
  for (const action of actions) await trial.inject({ ...put, ...chance(0.2, 2), action });
  await trial.inject({ path: INIT, ...chance(0.5, 2), action: faults.serverError(500) });
  await trial.inject({ path: PRESIGN, ...chance(0.5, 3), action: faults.resetBeforeBody() });
  await trial.inject({ path: COMPLETE, ...chance(0.5, 2), action: faults.lostAnswer() });
  // At least one, whatever the random numbers say.
  await trial.inject({ ...put, skip: 3, action: faults.serverError(503) });
  await trial.runToEnd();
}
