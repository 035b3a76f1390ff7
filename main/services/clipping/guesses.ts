import type { Phase } from '../../domain/job';

/**
 * Everything about Clipping that no page of docs.clipping.cc shows plainly, in one place. The pages
 * fix the routes, `execution_id` and `status`; all other field names here are guesses, and a wrong
 * one only leaves a field empty.
 */

/**
 * pending, running, done and error are documented (async-operations, concepts). The rest are
 * guesses that can only be failures; no other word may count as success.
 */
export const executionPhases: Record<string, Phase> = {
  pending: 'waiting',
  running: 'running',
  done: 'done',
  error: 'failed',
  failed: 'failed',
  cancelled: 'failed',
  canceled: 'failed',
};

/** Envelopes of a list: objects are wrapped in a key named after them, so lists may be too. */
export const listNames = ['executions', 'data', 'items', 'results'];

/** Signs that a list has more pages. */
export const moreFields = ['has_more', 'hasMore', 'next', 'next_cursor', 'nextCursor', 'next_page'];
export const totalFields = ['total', 'total_count', 'totalCount'];

/** What the run is about: by its own name, or that of the thing it works on. */
export const titleFields = ['title', 'name', 'item_title', 'video_title', 'source_title'];
export const titledObjects = ['item', 'video', 'workflow', 'reporter', 'collection'];
export const titleFallbacks = ['workflow_name', 'reporter_name', 'collection_name', 'source'];

export const createdFields = ['created_at', 'createdAt', 'created', 'started_at', 'startedAt'];
export const endedFields = ['finished_at', 'finishedAt', 'ended_at', 'completed_at', 'completedAt'];
export const updatedFields = ['updated_at', 'updatedAt'];

/** `erro` is the key of the service's error answers. */
export const failureFields = [
  'error',
  'erro',
  'error_message',
  'errorMessage',
  'reason',
  'message',
  'mensagem',
];

/** The billing page says that GET /v1/me holds the balance, in coins, and not in which field. */
export const balanceFields = [
  'balance',
  'balance_coins',
  'balanceCoins',
  'coins',
  'coin_balance',
  'saldo',
];

/** Objects that GET /v1/me may be wrapped in, or hold the balance in. */
export const profileObjects = ['user', 'account', 'me', 'data'];
export const walletObjects = ['account', 'wallet', 'billing', 'balance'];
