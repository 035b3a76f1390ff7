import type { Phase } from '../../domain/job';

/**
 * Everything about Clipping that no page of docs.clipping.cc shows clearly, in one place. The pages give
 * the routes, `execution_id` and `status`; all other field names here are assumptions, and a wrong one
 * only leaves a field empty.
 */

/**
 * pending, running, done and error are documented (async-operations, concepts). The others are assumed:
 * they can only mean failure. No other word may count as success.
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

/** An execution's title: its own, or the name of what it works on. */
export const titleFields = ['title', 'name', 'item_title', 'video_title', 'source_title'];
export const titledObjects = ['item', 'video', 'workflow', 'reporter', 'collection'];
export const titleFallbacks = ['workflow_name', 'reporter_name', 'collection_name', 'source'];

export const startedFields = ['started_at', 'startedAt', 'begun_at', 'dispatched_at'];
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

/** The billing page says that GET /v1/me has the balance, in coins, but not in which field. */
export const balanceFields = [
  'balance',
  'balance_coins',
  'balanceCoins',
  'coins',
  'coin_balance',
  'saldo',
];

/** Objects that may wrap GET /v1/me, or contain the balance. */
export const profileObjects = ['user', 'account', 'me', 'data'];
export const walletObjects = ['account', 'wallet', 'billing', 'balance'];

/**
 * What an execution is about. No page shows these fields on an execution; `item_id`, `reporter_id`,
 * `workflow_id`, `collection_id` and `schedule_id` are the documented names of the things themselves.
 */
export const subjectFields = {
  itemId: ['item_id', 'itemId', 'video_id', 'videoId', 'target_id'],
  reporterId: ['reporter_id', 'reporterId'],
  workflowId: ['workflow_id', 'workflowId'],
  collectionId: ['collection_id', 'collectionId'],
  scheduleId: ['schedule_id', 'scheduleId'],
} as const;

/** Objects that may be there instead of an id, and contain it. */
export const subjectObjects = {
  itemId: ['item', 'video'],
  reporterId: ['reporter'],
  workflowId: ['workflow'],
  collectionId: ['collection'],
  scheduleId: ['schedule'],
} as const;

export const kindFields = ['kind', 'type', 'execution_type', 'run_type'];
export const langFields = ['lang', 'language'];
export const costFields = ['cost_coins', 'coins', 'cost', 'total_cost', 'cost_in_coins'];

/**
 * Fields that may have the number 402 when an execution ended for lack of balance. That a job can "end in
 * 402" is documented (async-operations); the field is not. Words are never read for it.
 */
export const statusCodeFields = [
  'status_code',
  'statusCode',
  'http_status',
  'error_code',
  'errorCode',
  'code',
];

/** Summaries of steps are described in prose only (async-operations); their key is assumed. */
export const stepListFields = [
  'steps',
  'step_summaries',
  'stepSummaries',
  'summaries',
  'step_results',
  'results',
];
/** Literal in async-operations. */
export const STEP_INPUTS = 'step_inputs';
export const stepNameFields = ['name', 'title', 'step_name', 'label'];
export const stepToolFields = ['tool_id', 'toolId', 'tool', 'tool_name'];
export const stepNumberFields = ['step', 'position', 'order', 'index', 'number', 'step_number'];
export const stepInputFields = ['input', 'llm_input', 'prompt', 'prompt_text', 'request', 'inputs'];
export const stepOutputFields = [
  'output',
  'llm_output',
  'result',
  'response',
  'summary',
  'text',
  'outputs',
];

/**
 * Lists for the pickers. The resources are documented, but not the routes that list them, which are
 * inferred from those of single ones. After a 404 the app asks the user for an id instead.
 */
export const LISTS = {
  items: ['v1', 'items'],
  reporters: ['v1', 'reporters'],
  collections: ['v1', 'collections'],
} as const;

/** Ids of listed things: `x_id` is the documented pattern. */
export const idFieldsOf = (kind: string) => [`${kind}_id`, 'id', '_id'];
export const nameFields = ['name', 'title', 'label'];
export const sourceFields = ['source', 'url', 'handle', 'source_url'];
export const countFields = ['item_count', 'items_count', 'count'];

/**
 * The body of `process-collection` is not documented; these two names follow those of `process` and
 * of the collections.
 */
export function collectionBody(collectionId: string, workflowId: string | null) {
  return {
    collection_id: collectionId,
    ...(workflowId === null ? {} : { workflow_id: workflowId }),
  };
}

/** Times of a segment: `start` and `end` in seconds are shown (transcribe); search has the others. */
export const segmentStartFields = ['start', 'start_seconds', 'startSeconds'];
export const segmentEndFields = ['end', 'end_seconds', 'endSeconds'];

export const scheduleRunIdFields = ['run_id', 'id', '_id', 'run'];
/** Lists in a schedule run whose rows may name an execution. */
export const scheduleRunEventFields = ['events', 'items', 'executions'];

export const documentIdFields = ['document_id', 'id', '_id'];
export const contentFields = ['content', 'body', 'text', 'markdown', 'summary', 'html'];
export const linkFields = ['url', 'link'];

/**
 * Close codes with which a socket may refuse its token. 1008 is the protocol's own, for a policy
 * violation; the others are assumed: sockets with tokens commonly send them.
 */
export const socketRefusalCodes = [1008, 4001, 4003, 4401, 4403];
