import { z } from 'zod';
import type { KeyLocation } from '../../main/domain/account';

/** An id that we or a service made up. */
export const id = z.string().min(1).max(300);
/** A job's or a line's id joins the account's, the kind and the service's own id. */
export const joinedId = z.string().min(1).max(700);
export const service = z.string().min(1).max(40);
/** What a person calls an account. */
export const accountName = z.string().trim().min(1).max(80);
export const keyLocation = z.enum(['keychain', 'session']) satisfies z.ZodType<KeyLocation>;

/** The request of a verb that needs none. */
export const nothing = z.null();
export const account = z.strictObject({ accountId: id });
export const clip = z.strictObject({ accountId: id, clipId: id });
export const upload = z.strictObject({ uploadId: id });
export const job = z.strictObject({ jobId: joinedId });
