import { randomUUID } from 'node:crypto';
import type { AddAccountOutcome, KeyLocation, NewAccount, ServiceId } from '../domain/account';
import type { Clock } from '../domain/clock';
import { delay } from '../domain/delay';
import type { Logger } from '../domain/logger';
import type { JsonClient, ServiceModule } from '../domain/service';
import { isPassing } from '../domain/service-error';
import { asServiceError, failureOf } from '../domain/service-failure';
import {
  nextPollMs,
  type SignIn,
  type SignInAnswer,
  type SignInBeginOutcome,
  type SignInOffer,
  type SignInOutcome,
} from '../domain/sign-in';

export interface SignInDeps {
  client: JsonClient;
  services: readonly ServiceModule[];
  baseUrlOf: (service: ServiceModule) => string;
  openExternal: (url: string) => Promise<boolean>;
  /** Adds the account exactly as if its key had been pasted. */
  addAccount: (account: NewAccount) => Promise<AddAccountOutcome>;
  /** Keeps a code or key out of the log. Called before anything else is done with it. */
  announceSecret: (secret: string) => void;
  clock: Clock;
  logger: Logger;
}

/** With more than this many, the oldest are dropped: nobody waits for them any more. */
const MAX_AT_ONCE = 5;

interface Pending {
  service: ServiceModule;
  signIn: SignIn;
  offer: SignInOffer;
  /** When the code is no longer accepted, by the monotonic clock. */
  endsAtMs: number;
  controller: AbortController;
  /** Only one `wait` at a time: two would poll twice as often as the service allows. */
  isAwaited: boolean;
}

/** Sign-ins under way: a person confirms a code in the browser, and the service gives a key. */
export function createSignIns(deps: SignInDeps) {
  const { clock, logger } = deps;
  const pending = new Map<string, Pending>();

  function cancel(signInId: string): void {
    pending.get(signInId)?.controller.abort();
    pending.delete(signInId);
  }

  /** The service's final answer, or null when the sign-in was cancelled or time is up. */
  async function decision(begun: Pending): Promise<SignInAnswer | null> {
    const { signIn, offer, endsAtMs } = begun;
    const { signal } = begun.controller;
    let intervalMs = offer.intervalMs;
    while (clock.monotonicMs() < endsAtMs) {
      const leftMs = Math.max(0, endsAtMs - clock.monotonicMs());
      await delay(clock, Math.min(intervalMs, leftMs), signal);
      if (signal.aborted) return null;
      let answer: SignInAnswer;
      try {
        answer = await signIn.poll(offer.deviceCode, signal);
      } catch (thrown) {
        const error = asServiceError(thrown);
        if (!isPassing(error.problem)) throw error;
        // The user may be confirming at this very moment: polling goes on until time is up.
        const retryMs = error.retryAtMs === null ? 0 : error.retryAtMs - clock.nowMs();
        intervalMs = Math.max(nextPollMs(intervalMs, { state: 'pending' }), retryMs);
        continue;
      }
      if (answer.state !== 'pending' && answer.state !== 'slow-down') return answer;
      intervalMs = nextPollMs(intervalMs, answer);
    }
    return null;
  }

  async function addAccount(
    { service }: Pending,
    key: string,
    { name, keyLocation }: { name: string; keyLocation: KeyLocation },
  ): Promise<SignInOutcome> {
    deps.announceSecret(key);
    const [keyHeader] = service.keyHeaders;
    const added = await deps.addAccount({
      service: service.id,
      name,
      key,
      keyHeader,
      keyLocation,
    });
    switch (added.outcome) {
      case 'added':
        return { outcome: 'added', accountId: added.accountId, problem: added.problem };
      case 'key-refused':
        return { outcome: added.outcome };
      case 'keychain-failed':
        return added;
    }
  }

  async function outcomeOf(
    begun: Pending,
    account: { name: string; keyLocation: KeyLocation },
  ): Promise<SignInOutcome> {
    const { signal } = begun.controller;
    try {
      const answer = await decision(begun);
      if (signal.aborted) return { outcome: 'cancelled' };
      if (answer?.state === 'complete') return await addAccount(begun, answer.key, account);
      return { outcome: answer?.state === 'denied' ? 'denied' : 'expired' };
    } catch (thrown) {
      const { problem, status, remoteText } = asServiceError(thrown);
      if (signal.aborted) return { outcome: 'cancelled' };
      logger.warn('sign-in failed', { problem, status });
      return { outcome: 'failed', problem, remoteText };
    }
  }

  return {
    /** Requests a code from the service, and opens the page where the user confirms it. */
    async begin(serviceId: ServiceId): Promise<SignInBeginOutcome> {
      const service = deps.services.find(({ id }) => id === serviceId);
      const signIn = service?.signIn?.(deps.client, deps.baseUrlOf(service));
      if (!service || !signIn) {
        return { outcome: 'failed', problem: 'rejected', remoteText: null };
      }
      let offer: SignInOffer;
      try {
        offer = await signIn.begin();
      } catch (error) {
        return { outcome: 'failed', ...failureOf(error) };
      }
      deps.announceSecret(offer.deviceCode);
      const signInId = randomUUID();
      const expiresAtMs = clock.nowMs() + offer.expiresInMs;
      const controller = new AbortController();
      const endsAtMs = clock.monotonicMs() + offer.expiresInMs;
      pending.set(signInId, { service, signIn, offer, endsAtMs, controller, isAwaited: false });
      for (const id of [...pending.keys()].slice(0, -MAX_AT_ONCE)) cancel(id);
      const pageOpened = await deps.openExternal(offer.verificationUrl);
      const { userCode, verificationUrl: pageUrl } = offer;
      return { outcome: 'offered', signInId, userCode, pageUrl, pageOpened, expiresAtMs };
    },

    /** Opens the page again. False when it did not open, or the sign-in is over. */
    async open(signInId: string): Promise<boolean> {
      const begun = pending.get(signInId);
      return !!begun && (await deps.openExternal(begun.offer.verificationUrl));
    },

    /**
     * Polls until the user has decided or time is up, and adds the account. Also `cancelled` when the
     * sign-in is over, or another `wait` is under way.
     */
    async wait(
      signInId: string,
      account: { name: string; keyLocation: KeyLocation },
    ): Promise<SignInOutcome> {
      const begun = pending.get(signInId);
      if (!begun || begun.isAwaited) return { outcome: 'cancelled' };
      begun.isAwaited = true;
      try {
        return await outcomeOf(begun, account);
      } finally {
        pending.delete(signInId);
      }
    },

    cancel,
  };
}

export type SignIns = ReturnType<typeof createSignIns>;
