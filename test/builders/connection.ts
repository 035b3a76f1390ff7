import type { ServiceConnection } from '../../main/domain/service';

const notUsed = async (): Promise<never> => {
  throw new Error('the test did not expect this call');
};

/** A connection to a service that offers nothing beyond what a test says; any other call fails. */
export function sampleConnection(changes: Partial<ServiceConnection> = {}): ServiceConnection {
  return {
    profile: notUsed,
    list: notUsed,
    listEnded: null,
    read: notUsed,
    uploads: null,
    importUrl: null,
    render: null,
    clips: null,
    publishing: null,
    executions: null,
    credits: null,
    ...changes,
  };
}
