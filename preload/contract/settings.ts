import { z } from 'zod';
import type { ChooseCertificatesOutcome } from '../../main/domain/certificates';
import {
  MAX_CONFIRM_COINS,
  MAX_UPLOAD_LIMIT,
  MIN_UPLOAD_LIMIT,
  type Settings,
} from '../../main/domain/settings';
import { nothing } from './primitives';
import { takes } from './verb';

export type {
  ChooseCertificatesOutcome,
  CompanyCertificates,
} from '../../main/domain/certificates';
export type { QuietHours } from '../../main/domain/notification-rules';
export type { Settings, Theme } from '../../main/domain/settings';

const minuteOfDay = z.number().int().min(0).max(1439);

const settings = z.strictObject({
  quietHours: z.strictObject({ fromMinute: minuteOfDay, toMinute: minuteOfDay }).nullable(),
  followDoNotDisturb: z.boolean(),
  historyDays: z.number().int().min(1).max(3650).nullable(),
  confirmOverCoins: z.number().min(0).max(MAX_CONFIRM_COINS),
  launchAtLogin: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
  uploadLimitBytesPerSecond: z
    .number()
    .int()
    .min(MIN_UPLOAD_LIMIT)
    .max(MAX_UPLOAD_LIMIT)
    .nullable(),
} satisfies { [S in keyof Settings]: z.ZodType<Settings[S]> });

/** The verbs about settings. */
export const settingsVerbs = {
  /** Changes only the settings in the request. */
  'settings.change': takes(settings.partial()).returns<null>(),
  /** Asks the user for a file with the certificates of their company, and trusts them from then on. */
  'certificates.choose': takes(nothing).returns<ChooseCertificatesOutcome>(),
  'certificates.clear': takes(nothing).returns<null>(),
  /** Shows a sample notification. */
  'notifications.test': takes(nothing).returns<{ shown: boolean }>(),
};
