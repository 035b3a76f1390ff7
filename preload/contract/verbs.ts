import type { z } from 'zod';
import { accountVerbs } from './accounts';
import { appVerbs } from './app';
import { clipVerbs } from './clips';
import { executionVerbs } from './executions';
import { historyVerbs } from './history';
import { importVerbs } from './imports';
import { lineVerbs } from './lines';
import { publishingVerbs } from './publishing';
import { renderVerbs } from './renders';
import { resultVerbs } from './results';
import { settingsVerbs } from './settings';
import { signInVerbs } from './sign-in';
import { uploadVerbs } from './uploads';
import type { VerbDeclaration } from './verb';

/**
 * Every verb a window may call. Main alone loads this table and checks each call against it; the
 * preload script and the renderer import its types only, so that no schema gets into their bundles.
 */
export const verbs = {
  ...accountVerbs,
  ...signInVerbs,
  ...uploadVerbs,
  ...lineVerbs,
  ...clipVerbs,
  ...importVerbs,
  ...renderVerbs,
  ...resultVerbs,
  ...publishingVerbs,
  ...executionVerbs,
  ...historyVerbs,
  ...settingsVerbs,
  ...appVerbs,
};

type Verbs = typeof verbs;

export type Verb = keyof Verbs;

/** What the verb takes. Not called `Request`, which is the name of a class of fetch. */
export type RequestOf<V extends Verb> = z.output<Verbs[V]['request']>;

/** What the verb returns. */
export type ResponseOf<V extends Verb> =
  Verbs[V] extends VerbDeclaration<z.ZodType, infer Response> ? Response : never;
