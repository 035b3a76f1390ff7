import type { KeyHeader, ServiceId } from '../../main/domain/account';
import type { JobKind } from '../../main/domain/job';

export type { ServiceProblem } from '../../main/domain/service-error';
export type { ServiceRead } from '../../main/domain/service-read';

export interface ServiceView {
  id: ServiceId;
  name: string;
  keyHeaders: KeyHeader[];
  acceptsUploads: boolean;
  hasKeyPage: boolean;
  hasBalancePage: boolean;
  kinds: JobKind[];
  /** What one poll costs, in coins; null where polling is free. */
  coinsPerPoll: number | null;
  /** What its accounts can do besides being watched. */
  capabilities: {
    executions: boolean;
    clips: boolean;
    publishing: boolean;
    signIn: boolean;
    liveChannel: boolean;
    credits: boolean;
  };
}
