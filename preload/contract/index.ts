/**
 * The one contract between main and a window. This index has types only. What exists at run time, the
 * table of verbs with their schemas in `verbs.ts`, is loaded by main alone.
 */
export type * from './accounts';
export type * from './app';
export type * from './bridge';
export type * from './clips';
export type * from './executions';
export type * from './history';
export type * from './imports';
export type * from './lines';
export type * from './publishing';
export type * from './renders';
export type * from './results';
export type * from './services';
export type * from './settings';
export type * from './sign-in';
export type * from './state';
export type * from './uploads';
export type * from './verbs';
