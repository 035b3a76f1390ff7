import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { Commands, Verb } from '../../preload/contract';
import { MAX_CONFIRM_COINS, MAX_UPLOAD_LIMIT, MIN_UPLOAD_LIMIT } from '../domain/settings';
import { clipPayloads } from './payloads-clips';
import { executionPayloads } from './payloads-executions';

const id = z.string().min(1).max(300);
const name = z.string().trim().min(1).max(80);
const key = z.string().trim().min(1).max(4096);
const service = z.string().min(1).max(40);
const keyHeader = z.enum(['bearer', 'x-api-key']);
const keyLocation = z.enum(['keychain', 'session']);
const account = z.strictObject({ accountId: id });
const upload = z.strictObject({ uploadId: id });
// A job's id joins the account's, the kind and the remote id.
const job = z.strictObject({ jobId: z.string().min(1).max(700) });
const nothing = z.null();
const minuteOfDay = z.number().int().min(0).max(1439);
const tellChoice = z.enum(['all', 'failures', 'nothing']);
const historyFilter = z.strictObject({
  text: z.string().max(200),
  service: service.nullable(),
  accountId: id.nullable(),
  phase: z.enum(['active', 'done', 'failed', 'unknown']).nullable(),
  fromMs: z.number().int().nullable(),
  toMs: z.number().int().nullable(),
});

/** What each verb accepts. The page is hostile: anything else is refused before a handler runs. */
export const payloads = {
  ...clipPayloads,
  ...executionPayloads,
  'account.add': z.strictObject({ service, name, key, keyHeader, keyLocation }),
  'account.replaceKey': z.strictObject({ accountId: id, key, keyLocation }),
  'account.check': account,
  'account.rename': z.strictObject({ accountId: id, name }),
  'account.setBrand': z.strictObject({ accountId: id, brandId: id }),
  'account.setKeyHeader': z.strictObject({ accountId: id, keyHeader }),
  'account.setPace': z.strictObject({
    accountId: id,
    pace: z.enum(['saving', 'balanced', 'close']),
  }),
  'account.setNotificationRules': z.strictObject({
    accountId: id,
    change: z.strictObject({
      kinds: z
        .strictObject({
          processing: tellChoice.optional(),
          render: tellChoice.optional(),
          execution: tellChoice.optional(),
        })
        .optional(),
      sound: z.boolean().optional(),
    }),
  }),
  'account.remove': account,
  'uploads.add': z.strictObject({
    paths: z.array(z.string().max(32_768).refine(isAbsolute)).min(1).max(1000),
    accountId: id.nullable(),
    brandId: id.nullable(),
  }),
  'uploads.choose': z.strictObject({
    accountId: id.nullable(),
    brandId: id.nullable(),
    what: z.enum(['files', 'folder']),
  }),
  'uploads.pauseAll': nothing,
  'uploads.resumeAll': nothing,
  'uploads.retryAll': nothing,
  'uploads.cancelAll': nothing,
  'upload.pause': upload,
  'upload.resume': upload,
  'upload.retry': upload,
  'upload.cancel': upload,
  'upload.move': z.strictObject({
    uploadId: id,
    to: z.enum(['first', 'earlier', 'later', 'last']),
  }),
  'upload.log': upload,
  'upload.exportLog': upload,
  // Whether it is an address that can be imported is not for here: the user is told why not.
  'clip.import': z.strictObject({
    accountId: id.nullable(),
    brandId: id.nullable(),
    url: z.string().max(8192),
    title: z.string().trim().min(1).max(200).nullable(),
  }),
  'render.submit': z.strictObject({
    accountId: id,
    clipId: id,
    editRevision: z.number().nonnegative().nullable(),
    candidateIds: z.array(id.nullable()).min(1).max(200),
    template: z.string().trim().min(1).max(200).nullable(),
    captions: z.boolean().nullable(),
  }),
  'job.open': job,
  'job.copyLink': job,
  'upload.showFile': upload,
  'history.search': z.strictObject({
    filter: historyFilter,
    after: z.string().max(800).nullable(),
    limit: z.number().int().min(1).max(200),
  }),
  'history.events': job,
  'history.export': z.strictObject({ filter: historyFilter, format: z.enum(['csv', 'json']) }),
  'line.look': z.strictObject({ lineId: z.string().min(1).max(700) }),
  'watch.setPaused': z.strictObject({ paused: z.boolean() }),
  'watch.pollNow': nothing,
  'settings.change': z.strictObject({
    quietHours: z
      .strictObject({ fromMinute: minuteOfDay, toMinute: minuteOfDay })
      .nullable()
      .optional(),
    followDoNotDisturb: z.boolean().optional(),
    historyDays: z.number().int().min(1).max(3650).nullable().optional(),
    confirmOverCoins: z.number().min(0).max(MAX_CONFIRM_COINS).optional(),
    launchAtLogin: z.boolean().optional(),
    theme: z.enum(['system', 'light', 'dark']).optional(),
    uploadLimitBytesPerSecond: z
      .number()
      .int()
      .min(MIN_UPLOAD_LIMIT)
      .max(MAX_UPLOAD_LIMIT)
      .nullable()
      .optional(),
  }),
  'page.open': z.strictObject({ page: z.enum(['keys', 'balance']), service }),
  'notifications.test': nothing,
  'logs.show': nothing,
  'app.quit': nothing,
} satisfies { [V in Verb]: z.ZodType<Commands[V]['request']> };
