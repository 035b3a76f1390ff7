import { useEffect, useState } from 'react';
import type {
  Choice,
  Choices,
  CollectionChoice,
  ItemChoice,
  ScheduleChoice,
  ServiceRead,
  WorkflowChoice,
} from '../../../../preload/contract';
import { useCliptray } from '../../state/context';

/** Anything that can be picked from a list. */
export type AnyChoice = Choice &
  Partial<ItemChoice & WorkflowChoice & ScheduleChoice & CollectionChoice>;

export type ChoicesVerb =
  | 'executions.items'
  | 'executions.reporters'
  | 'executions.collections'
  | 'executions.workflows'
  | 'executions.schedules';

/**
 * A list to pick from, read once for each account and reporter: `undefined` until it is read. A list
 * that belongs to a reporter is not read before a reporter is chosen.
 */
export function useChoices(
  verb: ChoicesVerb,
  accountId: string,
  reporterId: string,
): ServiceRead<Choices<AnyChoice>> | undefined {
  const { actions } = useCliptray();
  const [read, setRead] = useState<ServiceRead<Choices<AnyChoice>>>();
  const ofReporter = verb === 'executions.workflows' || verb === 'executions.schedules';
  useEffect(() => {
    let isOpen = true;
    setRead(undefined);
    if (ofReporter && reporterId === '') return;
    const load = async () => {
      const done = ofReporter
        ? await actions.run(verb, { accountId, reporterId })
        : await actions.run(verb, { accountId } as { accountId: string } & { reporterId: string });
      if (isOpen && done) setRead(done.response);
    };
    void load();
    return () => {
      isOpen = false;
    };
  }, [actions, verb, ofReporter, accountId, reporterId]);
  return read;
}
