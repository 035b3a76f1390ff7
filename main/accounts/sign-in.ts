import { randomUUID } from 'node:crypto';
import type { AddAccountOutcome, RequestOf, SignInOutcome } from '../../preload/contract';
import type { Handlers } from '../commands/handlers';
import type { KeyLocation, ServiceId } from '../domain/account';
import type { Clock } from '../domain/clock';
import { delay } from '../domain/delay';
import type { Logger } from '../domain/logger';
import type { JsonClient, ServiceModule } from '../domain/service';
import { isPassing, ServiceError } from '../domain/service-error';
import { nextPollMs, type SignIn, type SignInAnswer, type SignInOffer } from '../domain/sign-in';

export interface SignInDeps {
  client: JsonClient;
  services: readonly ServiceModule[];
  baseUrlOf: (service: ServiceModule) => string;
  openExternal: (url: string) => Promise<boolean>;
  /** The same way as a pasted key goes. */
  addAccount: (request: {
    service: ServiceId;
    name: string;
    key: string;
    keyLocation: KeyLocation;
  }) => Promise<AddAccountOutcome>;
  /** A code or key that must not be logged, before anything is done with it. */
  announceSecret: (secret: string) => void;
  clock: Clock;
  logger: Logger;
}

/** Sign-ins that nobody waits for are dropped once there are more. */
const MOST_AT_ONCE = 5;

interface Pending {
  service: ServiceModule;
  signIn: SignIn;
  offer: SignInOffer;
  expiresAtMs: number;
  controller: AbortController;
  /** Only one wait: two would poll twice as often as the service allows. */
  waiting: boolean;
}

/** The verbs about signing in with the browser: a person confirms a code there, and a key comes. */
export function createSignInCommands(deps: SignInDeps) {
  const { clock, logger } = deps;
  const pending = new Map<string, Pending>();

  function drop(signInId: string): void {
    pending.get(signInId)?.controller.abort();
    pending.delete(signInId);
  }

  /** The service's decision, or null when it was cancelled or time is up. */
  async function decision(one: Pending): Promise<SignInAnswer | null> {
    const { signIn, offer, expiresAtMs } = one;
    const { signal } = one.controller;
    let intervalMs = offer.intervalMs;
    while (clock.nowMs() < expiresAtMs) {
      const leftMs = Math.max(0, expiresAtMs - clock.nowMs());
      await delay(clock, Math.min(intervalMs, leftMs), signal);
      if (signal.aborted) return null;
      let answer: SignInAnswer;
      try {
        answer = await signIn.poll(offer.deviceCode, signal);
      } catch (error) {
        if (!(error instanceof ServiceError) || !isPassing(error.problem)) throw error;
        // The person may be confirming just now: the question is asked again until time is up.
        const askedMs = error.retryAtMs === null ? 0 : error.retryAtMs - clock.nowMs();
        intervalMs = Math.max(nextPollMs(intervalMs, { state: 'pending' }), askedMs);
        continue;
      }
      if (answer.state !== 'pending' && answer.state !== 'slow-down') return answer;
      intervalMs = nextPollMs(intervalMs, answer);
    }
    return null;
  }

  async function add(
    one: Pending,
    key: string,
    { name, keyLocation }: { name: string; keyLocation: KeyLocation },
  ): Promise<SignInOutcome> {
    deps.announceSecret(key);
    const added = await deps.addAccount({ service: one.service.id, name, key, keyLocation });
    switch (added.outcome) {
      case 'added':
        return { outcome: 'added', accountId: added.accountId, problem: added.problem };
      case 'key-refused':
      case 'keychain-failed':
        return { outcome: added.outcome };
    }
  }

  async function wait(one: Pending, request: RequestOf<'signIn.wait'>): Promise<SignInOutcome> {
    try {
      const answer = await decision(one);
      if (one.controller.signal.aborted) return { outcome: 'cancelled' };
      if (answer?.state === 'complete') return await add(one, answer.key, request);
      return { outcome: answer?.state === 'denied' ? 'denied' : 'expired' };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (one.controller.signal.aborted) return { outcome: 'cancelled' };
      logger.warn('sign-in failed', { problem: error.problem, status: error.status });
      return { outcome: 'failed', problem: error.problem, remoteText: error.remoteText };
    }
  }

  return {
    async 'signIn.begin'({ service: serviceId }) {
      const service = deps.services.find(({ id }) => id === serviceId);
      const signIn = service?.signIn?.(deps.client, deps.baseUrlOf(service));
      if (!service || !signIn) return failed(new ServiceError('rejected'));
      let offer: SignInOffer;
      try {
        offer = await signIn.begin();
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        return failed(error);
      }
      deps.announceSecret(offer.deviceCode);
      const signInId = randomUUID();
      const expiresAtMs = clock.nowMs() + offer.expiresInMs;
      const controller = new AbortController();
      pending.set(signInId, { service, signIn, offer, expiresAtMs, controller, waiting: false });
      for (const id of [...pending.keys()].slice(0, -MOST_AT_ONCE)) drop(id);
      const pageOpened = await deps.openExternal(offer.verificationUrl);
      const { userCode, verificationUrl: pageUrl } = offer;
      return { outcome: 'offered', signInId, userCode, pageUrl, pageOpened, expiresAtMs };
    },

    async 'signIn.open'({ signInId }) {
      const one = pending.get(signInId);
      return { opened: !!one && (await deps.openExternal(one.offer.verificationUrl)) };
    },

    async 'signIn.wait'(request): Promise<SignInOutcome> {
      const one = pending.get(request.signInId);
      if (!one || one.waiting) return { outcome: 'cancelled' };
      one.waiting = true;
      try {
        return await wait(one, request);
      } finally {
        pending.delete(request.signInId);
      }
    },

    'signIn.cancel'({ signInId }) {
      drop(signInId);
      return null;
    },
  } satisfies Partial<Handlers>;
}

function failed({ problem, remoteText }: ServiceError) {
  return { outcome: 'failed' as const, problem, remoteText };
}
