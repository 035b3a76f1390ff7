import type { KeyHeader, ServiceId } from '../../main/domain/account';
import type { JobKind } from '../../main/domain/job';
import type { AddressOverride } from '../../main/domain/service';

export type { AddressOverride } from '../../main/domain/service';
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
  /** Set by an environment variable; null for the service's own address. */
  override: AddressOverride | null;
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
