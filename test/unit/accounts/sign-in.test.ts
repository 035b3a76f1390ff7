import { beforeEach, describe, expect, it } from 'vitest';
import { createSignIns } from '../../../main/accounts/sign-in';
import type { Clock } from '../../../main/domain/clock';
import type { JsonClient, ServiceModule } from '../../../main/domain/service';
import { ServiceError } from '../../../main/domain/service-error';
import type { SignInAnswer } from '../../../main/domain/sign-in';
import { autoposting } from '../../../main/services/autoposting/module';

const OFFER = {
  deviceCode: 'device-secret',
  userCode: 'ABCD-EFGH',
  verificationUrl: 'https://service.example/cli-auth',
  expiresInMs: 60_000,
  intervalMs: 5_000,
};

/** What happened, in order: polls with their time in seconds, secrets, and accounts. */
let story: string[];
let answers: (SignInAnswer | ServiceError)[];
let nowMs: number;
/** By how much the wall clock was set. */
let setByMs: number;
let timers: { atMs: number; task: () => void }[];

beforeEach(() => {
  story = [];
  answers = [];
  nowMs = 0;
  setByMs = 0;
  timers = [];
});

const clock: Clock = {
  nowMs: () => nowMs + setByMs,
  monotonicMs: () => nowMs,
  after(delayMs, task) {
    const timer = { atMs: nowMs + delayMs, task };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  },
};

/** Lets time pass, from timer to timer, until none is left. */
async function runOut(): Promise<void> {
  for (let turns = 0; turns < 200; turns += 1) {
    for (let task = 0; task < 20; task += 1) await Promise.resolve();
    const next = timers.sort((a, b) => a.atMs - b.atMs).shift();
    if (!next) return;
    nowMs = Math.max(nowMs, next.atMs);
    next.task();
  }
}

const service: ServiceModule = {
  ...autoposting,
  signIn: () => ({
    begin: async () => OFFER,
    async poll() {
      story.push(`poll ${nowMs / 1000}`);
      const answer = answers.shift() ?? { state: 'pending' as const };
      if (answer instanceof ServiceError) throw answer;
      return answer;
    },
  }),
};

const newSignIns = () =>
  createSignIns({
    client: {} as JsonClient,
    services: [service],
    baseUrlOf: () => 'https://service.example',
    openExternal: async (url) => {
      story.push(`open ${url}`);
      return true;
    },
    async addAccount({ key, name }) {
      story.push(`add ${name} ${key}`);
      return { outcome: 'added', accountId: 'a1', problem: null, remoteText: null };
    },
    announceSecret: (secret) => void story.push(`secret ${secret}`),
    clock,
    logger: { info: () => {}, warn: () => {}, error: () => {} },
  });

async function signIn() {
  const signIns = newSignIns();
  const offered = await signIns.begin('autoposting');
  if (offered.outcome !== 'offered') throw new Error('nothing was offered');
  const { signInId } = offered;
  const waiting = signIns.wait(signInId, { name: 'Main', keyLocation: 'keychain' });
  return { signIns, signInId, waiting };
}

describe('signing in with the browser', () => {
  it('polls no sooner than the service asks, and hides code and key from the log before using them', async () => {
    answers = [
      { state: 'pending' },
      { state: 'slow-down', intervalMs: 12_000 },
      { state: 'complete', key: 'sk-new' },
    ];
    const { waiting } = await signIn();
    await runOut();
    expect(await waiting).toEqual({ outcome: 'added', accountId: 'a1', problem: null });
    expect(story).toEqual([
      'secret device-secret',
      'open https://service.example/cli-auth',
      'poll 5',
      'poll 10',
      'poll 22',
      'secret sk-new',
      'add Main sk-new',
    ]);
  });

  it('continues while there is no network: the person may have confirmed meanwhile', async () => {
    answers = [new ServiceError('unreachable'), { state: 'complete', key: 'sk-new' }];
    const { waiting } = await signIn();
    await runOut();
    expect((await waiting).outcome).toBe('added');
  });

  it.each([
    [{ state: 'denied' } as const, 'denied'],
    [{ state: 'expired' } as const, 'expired'],
    [new ServiceError('rejected', { status: 404, remoteText: 'No.' }), 'failed'],
  ])('ends at once with what the service says: %o', async (answer, outcome) => {
    answers = [answer];
    const { waiting } = await signIn();
    await runOut();
    expect((await waiting).outcome).toBe(outcome);
    expect(story.filter((one) => one.startsWith('poll'))).toHaveLength(1);
  });

  it('does not poll any more once the code has expired', async () => {
    const { waiting } = await signIn();
    await runOut();
    expect(await waiting).toEqual({ outcome: 'expired' });
    expect(nowMs).toBeLessThanOrEqual(OFFER.expiresInMs);
  });

  it.each([-3, 3])('lasts as long as the code when the clock is set by %s hours', async (hours) => {
    answers = [{ state: 'pending' }, { state: 'complete', key: 'sk-new' }];
    const { waiting } = await signIn();
    setByMs = hours * 3_600_000;
    await runOut();
    expect((await waiting).outcome).toBe('added');
    answers = [];
    const second = await signIn();
    const begunMs = nowMs;
    setByMs = 0;
    await runOut();
    expect((await second.waiting).outcome).toBe('expired');
    expect(nowMs - begunMs).toBeLessThanOrEqual(OFFER.expiresInMs);
  });

  it('does not poll any more once it is cancelled, and adds nothing', async () => {
    const { signIns, signInId, waiting } = await signIn();
    signIns.cancel(signInId);
    await runOut();
    expect(await waiting).toEqual({ outcome: 'cancelled' });
    expect(story.filter((one) => one.startsWith('poll'))).toEqual([]);
  });

  it('is waited for only once: two waits would poll twice as often as allowed', async () => {
    const { signIns, signInId, waiting } = await signIn();
    const second = signIns.wait(signInId, { name: 'Main', keyLocation: 'keychain' });
    expect(await second).toEqual({ outcome: 'cancelled' });
    signIns.cancel(signInId);
    await waiting;
  });
});
