import type { PostOutcome } from '../../preload/contract';
import type { Clock } from '../domain/clock';
import type { Logger } from '../domain/logger';
import { isTimePassed, type Post, type Publishing } from '../domain/publishing';
import type { ServiceConnection } from '../domain/service';
import { mayHaveHappened } from '../domain/service-error';
import { asServiceError } from '../domain/service-failure';
import { serviceRead } from '../domain/service-read';
import type { Handlers } from './handlers';

export interface PublishingDeps {
  connection: (accountId: string) => ServiceConnection | null;
  clock: Pick<Clock, 'nowMs'>;
  logger: Logger;
}

/** The verbs about posts. A public post cannot be taken back, so none is ever sent twice. */
export function createPublishingCommands({ connection, clock, logger }: PublishingDeps) {
  async function make(
    accountId: string,
    send: (publishing: Publishing) => Promise<Post>,
  ): Promise<PostOutcome> {
    const publishing = connection(accountId)?.publishing;
    if (!publishing) return { outcome: 'refused', problem: 'key-missing', remoteText: null };
    try {
      return { outcome: 'made', post: await send(publishing) };
    } catch (error) {
      const { problem, remoteText, status } = asServiceError(error);
      logger.warn('post not confirmed', { problem, status });
      // No call lists a clip's posts: the user has to check at the service.
      if (mayHaveHappened(problem)) return { outcome: 'unsure', problem };
      return { outcome: 'refused', problem, remoteText };
    }
  }

  return {
    'post.brands': ({ accountId }) =>
      serviceRead(
        connection(accountId),
        (one) => one.publishing,
        (publishing) => publishing.brands(),
      ),
    'post.connections': ({ accountId, brandSlug }) =>
      serviceRead(
        connection(accountId),
        (one) => one.publishing,
        (publishing) => publishing.connections(brandSlug),
      ),
    'post.createDraft': ({ accountId, ...request }) =>
      make(accountId, (publishing) => publishing.createDraft(request)),
    'post.publish': async ({ accountId, ...request }) => {
      // The time may have passed since the window checked it, and a service publishes such a post at once.
      if (isTimePassed(request, clock.nowMs())) {
        return { outcome: 'refused', problem: 'time-passed', remoteText: null };
      }
      return make(accountId, (publishing) => publishing.publish(request));
    },
  } satisfies Partial<Handlers>;
}
