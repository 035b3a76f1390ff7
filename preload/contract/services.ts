import type { KeyHeader, ServiceId } from '../../main/domain/account';
import type { JobKind } from '../../main/domain/job';
import type { ServiceProblem } from '../../main/domain/service-error';

export type { ServiceProblem } from '../../main/domain/service-error';

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
  offers: {
    runs: boolean;
    clips: boolean;
    publishing: boolean;
    signIn: boolean;
    realtime: boolean;
    credits: boolean;
  };
}

/** What was read from a service, or why it could not be read. */
export type ServiceRead<T> = { value: T } | { problem: ServiceProblem; remoteText: string | null };
