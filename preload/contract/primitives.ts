import { z } from 'zod';
import type { KeyLocation } from '../../main/domain/account';

/** An id of ours or of a service. */
export const id = z.string().min(1).max(300);
/** The id of a job or a line: the account's id, the kind and the service's own id, joined. */
export const joinedId = z.string().min(1).max(700);
export const service = z.string().min(1).max(40);
/** The user's name for an account. */
export const accountName = z.string().trim().min(1).max(80);
export const keyLocation = z.enum(['keychain', 'session']) satisfies z.ZodType<KeyLocation>;

/** The request of a verb that takes nothing. */
export const nothing = z.null();
export const account = z.strictObject({ accountId: id });
export const clip = z.strictObject({ accountId: id, clipId: id });
export const upload = z.strictObject({ uploadId: id });
export const job = z.strictObject({ jobId: joinedId });
