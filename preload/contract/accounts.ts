import { z } from 'zod';
import type {
  AddAccountOutcome,
  Brand,
  CheckOutcome,
  KeychainRefusal,
  KeyHeader,
  KeyLocation,
  NewAccount,
  ServiceId,
} from '../../main/domain/account';
import type { Credits } from '../../main/domain/credits';
import type { JobKind } from '../../main/domain/job';
import type { LiveChannelState } from '../../main/domain/live-channel';
import type {
  NotificationChoice,
  NotificationRules,
  NotificationRulesChange,
} from '../../main/domain/notification-rules';
import { PACES, type PollingPace } from '../../main/domain/polling-pace';
import type { BudgetReport, PollingProblem, PollingReason } from '../../main/domain/polling-status';
import type { ServiceRead } from '../../main/domain/service-read';
import { account, accountName, id, keyLocation, service } from './primitives';
import { takes } from './verb';

export type {
  AddAccountOutcome,
  Brand,
  CheckOutcome,
  KeychainRefusal,
  KeyHeader,
  KeyLocation,
  ServiceId,
} from '../../main/domain/account';
export type { Credits } from '../../main/domain/credits';
export type {
  NotificationChoice,
  NotificationRulesChange,
} from '../../main/domain/notification-rules';
export type { PollingPace } from '../../main/domain/polling-pace';
export type { BudgetReport } from '../../main/domain/polling-status';

/** Null if the service has no live channel, or the account has no session token. */
export type LiveChannelView = LiveChannelState | null;

export interface AccountView {
  id: string;
  service: ServiceId;
  name: string;
  keyHeader: KeyHeader;
  keyLocation: KeyLocation;
  brands: Brand[];
  brandId: string | null;
  balanceCoins: number | null;
  /** Null while all is well. */
  problem: PollingProblem | null;
  /** The service's own words about the problem. */
  remoteText: string | null;
  lastSuccessAtMs: number | null;
  nextPollAtMs: number | null;
  pollReason: PollingReason;
  pace: PollingPace;
  notificationRules: NotificationRules;
  /** The requests and coins spent by polling; null until the account is polled. */
  spending: BudgetReport | null;
  liveChannel: LiveChannelView;
}

const key = z.string().trim().min(1).max(4096);
const keyHeader = z.enum(['bearer', 'x-api-key']) satisfies z.ZodType<KeyHeader>;
const pace = z.enum(PACES) satisfies z.ZodType<PollingPace>;
const choice = z.enum(['all', 'failures', 'nothing']) satisfies z.ZodType<NotificationChoice>;
const notificationRulesChange = z
  .strictObject({
    kinds: z
      .strictObject({
        processing: choice,
        render: choice,
        execution: choice,
      } satisfies Record<JobKind, typeof choice>)
      .partial(),
    sound: z.boolean(),
  })
  .partial() satisfies z.ZodType<NotificationRulesChange>;

/** The verbs about accounts. */
export const accountVerbs = {
  'account.add': takes(
    z.strictObject({
      service,
      name: accountName,
      key,
      keyHeader,
      keyLocation,
    }) satisfies z.ZodType<NewAccount>,
  ).returns<AddAccountOutcome>(),
  'account.replaceKey': takes(
    z.strictObject({ accountId: id, key, keyLocation }),
  ).returns<AddAccountOutcome>(),
  /** Asks the service once whether it accepts the key. */
  'account.check': takes(account).returns<CheckOutcome>(),
  'account.rename': takes(z.strictObject({ accountId: id, name: accountName })).returns<null>(),
  /** Chooses the brand that uploads go to. */
  'account.setBrand': takes(z.strictObject({ accountId: id, brandId: id })).returns<null>(),
  'account.setKeyHeader': takes(z.strictObject({ accountId: id, keyHeader })).returns<null>(),
  'account.setPace': takes(z.strictObject({ accountId: id, pace })).returns<null>(),
  'account.setNotificationRules': takes(
    z.strictObject({ accountId: id, change: notificationRulesChange }),
  ).returns<null>(),
  /** Stores the session token that opens the account's live channel, where its key is; null removes it. */
  'account.setSessionToken': takes(
    z.strictObject({ accountId: id, token: z.string().trim().min(1).max(8192).nullable() }),
  ).returns<{ outcome: 'set' | 'removed' } | KeychainRefusal>(),
  /** Reads what the account has left to spend. */
  'account.credits': takes(account).returns<ServiceRead<Credits>>(),
  'account.remove': takes(account).returns<null>(),
};
