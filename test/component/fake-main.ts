import type { Bridge, RequestOf, ResponseOf, Verb } from '../../preload/contract';

type Request<V extends Verb> = RequestOf<V>;
type Response<V extends Verb> = ResponseOf<V>;

/** What main says to a verb: a value, a function of the request, or an error when it refuses the call. */
type Answer<V extends Verb> = Response<V> | Error | ((request: Request<V>) => Response<V>);
export type Answers = { [V in Verb]?: Answer<V> };

interface Call {
  verb: Verb;
  request: unknown;
  settle: (answer: unknown) => void;
}

/** The main process as a window sees it. A verb without an answer stays pending. */
export interface FakeMain {
  bridge: Bridge;
  /** What a verb was called with, in order. */
  requests<V extends Verb>(verb: V): Request<V>[];
  /** Answers the calls that are pending, and all that follow. */
  answer<V extends Verb>(verb: V, answer: Answer<V>): Promise<void>;
}

export function createFakeMain(given: Answers): FakeMain {
  const answers = new Map<Verb, unknown>(Object.entries(given) as [Verb, unknown][]);
  const calls: Call[] = [];
  let pending: Call[] = [];

  function settle(call: Call): void {
    const answer = answers.get(call.verb);
    call.settle(typeof answer === 'function' ? answer(call.request) : answer);
  }

  return {
    bridge: {
      run: <V extends Verb>(verb: V, request: Request<V>) =>
        new Promise<Response<V>>((resolve, reject) => {
          const call: Call = {
            verb,
            request,
            settle: (answer) =>
              answer instanceof Error ? reject(answer) : resolve(answer as Response<V>),
          };
          calls.push(call);
          if (answers.has(verb)) settle(call);
          else pending.push(call);
        }),
      snapshot: () => Promise.reject(new Error('the state is given to the test directly')),
      onPatches: () => () => {},
      onNavigate: () => () => {},
      // A picture out of a browser has never been on a disk.
      pathOf: (file) => (file.name === 'no-path.png' ? '' : `/videos/${file.name}`),
      locale: 'en',
    },
    requests: <V extends Verb>(verb: V) =>
      calls.filter((call) => call.verb === verb).map(({ request }) => request as Request<V>),
    async answer(verb, answer) {
      answers.set(verb, answer);
      const waiting = pending.filter((call) => call.verb === verb);
      pending = pending.filter((call) => call.verb !== verb);
      for (const call of waiting) settle(call);
    },
  };
}
