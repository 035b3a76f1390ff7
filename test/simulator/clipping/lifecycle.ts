import type { Account, Execution, ExecutionKind, ExecutionPlan } from '../types';
import type { World } from '../world';

export interface NewExecution {
  accountId: string;
  payerAccountId?: string;
  kind: ExecutionKind;
  itemId?: string | null;
  reporterId?: string | null;
  workflowId?: string | null;
  collectionId?: string | null;
  scheduleId?: string | null;
  runId?: number | null;
  lang?: string | null;
  text?: string | null;
  plan?: Partial<ExecutionPlan>;
  atMs?: number;
}

/** Makes an execution that starts pending and follows its plan. */
export function createExecution(world: World, wanted: NewExecution): Execution {
  const createdAtMs = wanted.atMs ?? world.clock.now();
  const plan: ExecutionPlan = { ...world.config.executionPlan, ...wanted.plan };
  // A transcript is one step, and with the caller's own text it calls no provider.
  if (wanted.kind === 'transcript' && wanted.plan?.steps === undefined) plan.steps = 1;
  if (wanted.text) plan.providerCoins = wanted.plan?.providerCoins ?? 0;
  const execution: Execution = {
    id: world.newId('exc'),
    accountId: wanted.accountId,
    payerAccountId: wanted.payerAccountId ?? wanted.accountId,
    kind: wanted.kind,
    itemId: wanted.itemId ?? null,
    reporterId: wanted.reporterId ?? null,
    workflowId: wanted.workflowId ?? null,
    collectionId: wanted.collectionId ?? null,
    scheduleId: wanted.scheduleId ?? null,
    runId: wanted.runId ?? null,
    lang: wanted.lang ?? null,
    text: wanted.text ?? null,
    status: 'pending',
    createdAtMs,
    startsAtMs: createdAtMs + world.draw(plan.pendingMs),
    runningMs: world.draw(plan.runningMs),
    stepsBegun: 0,
    stepsDone: 0,
    startedAtMs: null,
    finishedAtMs: null,
    error: null,
    broke: false,
    plan,
    listed: null,
    frozen: false,
    hidden: false,
    fields: {},
  };
  world.executions.set(execution.id, execution);
  return execution;
}

/** When the plan next moves this execution; null when it does not. */
export function nextExecutionEventMs(execution: Execution): number | null {
  if (execution.finishedAtMs !== null || execution.frozen) return null;
  if (execution.startedAtMs === null) return execution.startsAtMs;
  const share = execution.runningMs / Math.max(1, execution.plan.steps);
  return execution.startedAtMs + share * execution.stepsBegun;
}

/**
 * Takes an execution through its next event: it begins, begins a step (which is paid for), or ends.
 */
export function stepExecution(
  world: World,
  execution: Execution,
  atMs: number,
): 'goes on' | 'ended' {
  if (execution.startedAtMs === null) {
    execution.startedAtMs = atMs;
    execution.status = 'running';
  } else {
    execution.stepsDone = execution.stepsBegun;
  }
  const steps = Math.max(1, execution.plan.steps);
  if (execution.stepsBegun >= steps) {
    execution.status = execution.plan.outcome;
    if (execution.plan.outcome !== 'done') execution.error = 'o passo final falhou no provedor';
    return 'ended';
  }
  const payer = world.accounts.get(payerId(world, execution));
  if (payer && execution.plan.providerCoins > 0) {
    if (payer.balance <= 0) {
      execution.status = world.shapes.get('clipping.brokeEnd');
      execution.error = 'o saldo acabou durante a execução (402)';
      execution.broke = true;
      return 'ended';
    }
    drawCoins(payer, execution.plan.providerCoins / steps);
  }
  execution.stepsBegun += 1;
  return 'goes on';
}

/** Ends an execution and leaves its result: a transcript, or documents. */
export function finishExecution(world: World, execution: Execution, atMs: number): void {
  execution.finishedAtMs = Math.round(atMs);
  if (execution.status !== 'done') return;
  execution.stepsDone = Math.max(execution.stepsDone, execution.plan.steps);
  if (execution.kind === 'transcript') leaveTranscript(world, execution);
  else leaveDocument(world, execution);
}

/** Takes coins from an account; rounded to a millionth so that sums stay readable. */
export function drawCoins(account: Account, coins: number): void {
  account.balance = Math.round((account.balance - coins) * 1e6) / 1e6;
  account.spent = Math.round((account.spent + coins) * 1e6) / 1e6;
}

function payerId(world: World, execution: Execution): string {
  return world.shapes.get('clipping.providerPayer') === 'owner'
    ? execution.payerAccountId
    : execution.accountId;
}

function leaveTranscript(world: World, execution: Execution): void {
  if (!execution.itemId) return;
  const lang = execution.lang ?? 'pt';
  const lines = execution.text?.split(/(?<=[.!?])\s+/) ?? [
    'O porto acorda cedo.',
    'Os barcos voltam com a maré.',
    'No fim da manhã o mercado abre.',
  ];
  world.transcripts.set(`${execution.itemId} ${lang}`, {
    itemId: execution.itemId,
    lang,
    text: lines.join(' '),
    segments: lines.map((text, index) => ({ start: index * 4.2, end: (index + 1) * 4.2, text })),
  });
}

function leaveDocument(world: World, execution: Execution): void {
  const id = world.newId('doc');
  const item = execution.itemId ? world.items.get(execution.itemId) : undefined;
  world.documents.set(id, {
    id,
    accountId: execution.accountId,
    itemId: execution.itemId,
    reporterId: execution.reporterId,
    kind: 'summary',
    title: `Resumo: ${item?.title ?? 'coleção'}`,
    content: '# Resumo\n\nOs barcos chegam, o mercado abre, e a maré decide o resto.',
    createdAtMs: execution.finishedAtMs ?? execution.createdAtMs,
  });
}
