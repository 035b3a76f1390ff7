import { removeClip } from '../autoposting/clips';
import {
  beginProcessing,
  createClip,
  createRender,
  endProcessing,
  endRender,
  makeCandidates,
} from '../autoposting/lifecycle';
import { createExecution, finishExecution, type NewExecution } from '../clipping/lifecycle';
import type {
  Account,
  AccountService,
  ApiKey,
  Bendable,
  Brand,
  Clip,
  ClipPlan,
  Execution,
  ExecutionKind,
  ExecutionPlan,
  KeyState,
  PlatformConnection,
  RenderJob,
  RenderPlan,
} from '../types';
import type { World } from '../world';

export interface NewAccount {
  service: AccountService;
  name?: string;
  /** How its key answers; ok if omitted. */
  state?: KeyState;
  /** For scope-limited; clips:read and brands:read if omitted. */
  scopes?: string[];
  balance?: number;
}

export interface CreatedAccount {
  accountId: string;
  key: string;
  /** Autoposting only. */
  brandId: string | null;
}

export interface ClipRequest {
  /** The first account of the service if omitted. */
  accountId?: string;
  brandId?: string;
  title?: string;
  fileName?: string;
  sizeBytes?: number;
  /** uploading, processing (follows the plan), ready, failed, or any word (frozen). */
  status?: string;
  plan?: Partial<ClipPlan>;
  ageMs?: number;
  /** How many identical ones to make; 1 if omitted. */
  count?: number;
}

export interface RenderRequest {
  clipId: string;
  candidateId?: string;
  /** queued (follows the plan), completed, failed, or any word (frozen). */
  status?: string;
  plan?: Partial<RenderPlan>;
  /** A file of this machine to serve as the result. */
  outputFile?: string;
  outputSizeBytes?: number;
  ageMs?: number;
}

export interface ExecutionRequest {
  accountId?: string;
  /** The account that pays the provider; the execution's own if omitted. */
  payerAccountId?: string;
  kind?: ExecutionKind;
  itemId?: string;
  reporterId?: string;
  workflowId?: string;
  lang?: string;
  /** pending (follows the plan), done, error, or any word (frozen). */
  status?: string;
  plan?: Partial<ExecutionPlan>;
  ageMs?: number;
  count?: number;
}

/** Commands that make and change accounts, clips, renders and executions. */
export function objectCommands(world: World) {
  return {
    createAccount: (input: NewAccount): CreatedAccount => createAccount(world, input),

    createKey: (input: { accountId: string; state?: KeyState; scopes?: string[] }) => ({
      key: createKey(world, input.accountId, input.state ?? 'ok', input.scopes),
    }),

    setKey: (input: { key: string; revoked?: boolean; scopes?: string[] | null }): null => {
      const key = world.keys.get(input.key);
      if (!key) throw new Error('there is no such key');
      if (input.revoked !== undefined) key.revoked = input.revoked;
      if (input.scopes !== undefined) key.scopes = input.scopes;
      return null;
    },

    setAccount: (input: { accountId: string; balance?: number; suspended?: boolean }): Account => {
      const account = accountById(world, input.accountId);
      if (input.balance !== undefined) account.balance = input.balance;
      if (input.suspended !== undefined) account.suspended = input.suspended;
      return account;
    },

    accounts: (): (Account & { keyLabels: string[] })[] =>
      [...world.accounts.values()].map((account) => ({
        ...account,
        keyLabels: [...world.keys.values()]
          .filter((key) => key.accountId === account.id)
          .map((key) => key.label),
      })),

    createBrand: (input: { accountId?: string; name: string; slug: string }): Brand =>
      createBrand(world, input.accountId ?? firstAccount(world, 'autoposting').id, input),

    setConnections: (input: { brandId?: string; platforms: PlatformConnection[] }): Brand => {
      const brand = input.brandId ? world.brands.get(input.brandId) : [...world.brands.values()][0];
      if (!brand) throw new Error(`no brand ${input.brandId}`);
      brand.platforms = input.platforms;
      return brand;
    },

    createClips: (input: ClipRequest): Clip[] =>
      Array.from({ length: input.count ?? 1 }, () => makeClip(world, input)),

    createRender: (input: RenderRequest): RenderJob => makeRender(world, input),

    createExecutions: (input: ExecutionRequest): Execution[] =>
      Array.from({ length: input.count ?? 1 }, () => makeExecution(world, input)),

    createReporter: (input: { accountId: string; name: string; public?: boolean }) => {
      const reporterId = world.newId('rep');
      world.reporters.set(reporterId, {
        id: reporterId,
        accountId: accountById(world, input.accountId).id,
        name: input.name,
        public: input.public ?? false,
        createdAtMs: world.clock.now(),
      });
      const workflowId = world.newId('wf');
      world.workflows.set(workflowId, {
        id: workflowId,
        reporterId,
        name: 'Resumo',
        targetKind: 'youtube_video',
        steps: [{ tool_id: 'summary_review', prompt_text: 'Resuma o vídeo.' }],
      });
      return { reporterId, workflowId };
    },

    clips: (): Clip[] => [...world.clips.values()],
    renders: (): RenderJob[] => [...world.renders.values()],
    executions: (): Execution[] => [...world.executions.values()],
    things: () => ({
      brands: [...world.brands.values()],
      items: [...world.items.values()],
      reporters: [...world.reporters.values()],
      workflows: [...world.workflows.values()],
      collections: [...world.collections.values()],
      schedules: [...world.schedules.values()],
      runs: [...world.runs.values()],
      documents: [...world.documents.values()],
      posts: [...world.posts.values()],
    }),

    setStatus: (input: { id: string; status: string | null }): null => {
      setStatus(world, input.id, input.status);
      return null;
    },

    setFields: (input: { id: string; fields: Record<string, unknown> }): null => {
      bendable(world, input.id).fields = input.fields;
      return null;
    },

    setHidden: (input: { id: string; hidden: boolean }): null => {
      bendable(world, input.id).hidden = input.hidden;
      return null;
    },

    setListed: (input: { executionId: string; listed: boolean | null }): null => {
      const execution = world.executions.get(input.executionId);
      if (!execution) throw new Error(`there is no execution ${input.executionId}`);
      execution.listed = input.listed;
      return null;
    },

    editClip: (input: { clipId: string }): { editRevision: number } => {
      const clip = world.clips.get(input.clipId);
      if (!clip) throw new Error(`there is no clip ${input.clipId}`);
      clip.editRevision += 1;
      clip.updatedAtMs = world.clock.now();
      return { editRevision: clip.editRevision };
    },

    remove: (input: { id: string }): null => {
      const clip = world.clips.get(input.id);
      if (clip) removeClip({ world }, clip);
      else if (!world.renders.delete(input.id) && !world.executions.delete(input.id)) {
        throw new Error(`there is nothing with the id ${input.id}`);
      }
      return null;
    },

    decideDevice: (input: {
      userCode: string;
      decision: 'approve' | 'deny';
      accountId?: string;
    }): null => {
      const code = [...world.deviceCodes.values()].find((one) => one.userCode === input.userCode);
      if (!code) throw new Error('there is no such user code');
      code.state = input.decision === 'approve' ? 'approved' : 'denied';
      if (input.decision === 'approve') {
        const accountId = input.accountId ?? firstAccount(world, 'autoposting').id;
        code.key = createKey(world, accountId, 'ok');
        const key = world.keys.get(code.key);
        if (key) key.session = true;
      }
      return null;
    },
  };
}

function accountById(world: World, id: string): Account {
  const account = world.accounts.get(id);
  if (!account) throw new Error(`there is no account ${id}`);
  return account;
}

function firstAccount(world: World, service: AccountService): Account {
  for (const account of world.accounts.values()) if (account.service === service) return account;
  throw new Error(`there is no account at ${service}`);
}

function createKey(world: World, accountId: string, state: KeyState, scopes?: string[]): string {
  const account = accountById(world, accountId);
  const prefix = account.service === 'autoposting' ? 'sk-social-' : 'ck_live_';
  const key: ApiKey = {
    key: `${prefix}${world.newText(32).toLowerCase()}`,
    accountId,
    label: `key-${world.keys.size + 1}`,
    revoked: state === 'revoked',
    scopes: scopes ?? (state === 'scope-limited' ? ['clips:read', 'brands:read'] : null),
    session: false,
    expiresAtMs: null,
  };
  world.keys.set(key.key, key);
  if (state === 'suspended') account.suspended = true;
  if (state === 'broke') account.balance = 0;
  return key.key;
}

function createBrand(
  world: World,
  accountId: string,
  request: { name: string; slug: string },
): Brand {
  const brand: Brand = {
    id: world.newId('brand'),
    accountId: accountById(world, accountId).id,
    name: request.name,
    slug: request.slug,
    timezone: 'Europe/Lisbon',
    platforms: [{ platform: 'youtube', connected: true }],
    createdAtMs: world.clock.now(),
  };
  world.brands.set(brand.id, brand);
  return brand;
}

function createAccount(world: World, request: NewAccount): CreatedAccount {
  const autoposting = request.service === 'autoposting';
  const account: Account = {
    id: world.newId(autoposting ? 'org' : 'usr'),
    service: request.service,
    name: request.name ?? 'North Pier',
    email: 'desk@north-pier.example',
    suspended: false,
    balance: request.balance ?? (autoposting ? 500 : 1_000),
    spent: 0,
    createdAtMs: world.clock.now(),
  };
  world.accounts.set(account.id, account);
  const slug = account.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const brand = autoposting ? createBrand(world, account.id, { name: account.name, slug }) : null;
  const key = createKey(world, account.id, request.state ?? 'ok', request.scopes);
  return { accountId: account.id, key, brandId: brand?.id ?? null };
}

function makeClip(world: World, request: ClipRequest): Clip {
  const account = request.accountId
    ? accountById(world, request.accountId)
    : firstAccount(world, 'autoposting');
  const brand = [...world.brands.values()].find((one) =>
    request.brandId ? one.id === request.brandId : one.accountId === account.id,
  );
  if (!brand) throw new Error('the account has no brand');
  const atMs = world.clock.now() - (request.ageMs ?? 0);
  const clip = createClip(world, {
    accountId: account.id,
    brandId: brand.id,
    title: request.title ?? `Clip ${world.clips.size + 1}`,
    fileName: request.fileName ?? `clip-${world.clips.size + 1}.mp4`,
    sizeBytes: request.sizeBytes ?? 52_428_800,
    mimeType: 'video/mp4',
    ...(request.plan && { plan: request.plan }),
    atMs,
  });
  const status = request.status ?? 'processing';
  if (status === 'uploading') return clip;
  beginProcessing(world, clip, atMs);
  if (status === 'ready' || status === 'failed') {
    clip.plan.outcome = status;
    endProcessing(world, clip, world.clock.now());
  } else if (status !== 'processing') {
    setStatus(world, clip.id, status);
  }
  return clip;
}

function makeRender(world: World, request: RenderRequest): RenderJob {
  const clip = world.clips.get(request.clipId);
  if (!clip) throw new Error(`there is no clip ${request.clipId}`);
  if (clip.candidates.length === 0) {
    clip.candidates = makeCandidates(world, clip.plan.candidates);
  }
  const candidateId = request.candidateId ?? clip.candidates[0]?.id ?? null;
  const job = createRender(world, clip, candidateId, {
    ...(request.plan && { plan: request.plan }),
    atMs: world.clock.now() - (request.ageMs ?? 0),
  });
  if (request.outputFile) job.outputFile = request.outputFile;
  if (request.outputSizeBytes) job.outputSizeBytes = request.outputSizeBytes;
  if (request.status && request.status !== 'queued') setStatus(world, job.id, request.status);
  return job;
}

function makeExecution(world: World, request: ExecutionRequest): Execution {
  const account = request.accountId
    ? accountById(world, request.accountId)
    : firstAccount(world, 'clipping');
  const created: NewExecution = {
    accountId: account.id,
    kind: request.kind ?? 'transcript',
    atMs: world.clock.now() - (request.ageMs ?? 0),
    itemId:
      request.itemId ??
      [...world.items.values()].find((item) => item.accountId === account.id)?.id ??
      null,
    ...(request.payerAccountId && { payerAccountId: request.payerAccountId }),
    ...(request.reporterId && { reporterId: request.reporterId }),
    ...(request.workflowId && { workflowId: request.workflowId }),
    ...(request.lang && { lang: request.lang }),
    ...(request.plan && { plan: request.plan }),
  };
  const execution = createExecution(world, created);
  if (request.status && request.status !== 'pending')
    setStatus(world, execution.id, request.status);
  return execution;
}

function bendable(world: World, id: string): Bendable {
  const found = world.clips.get(id) ?? world.renders.get(id) ?? world.executions.get(id);
  if (!found) throw new Error(`there is no clip, render or execution ${id}`);
  return found;
}

/** Sets a status by hand, with what belongs to its end; null returns the object to its plan. */
function setStatus(world: World, id: string, status: string | null): void {
  const object = bendable(world, id);
  object.frozen = status !== null;
  if (status === null) return;
  const nowMs = world.clock.now();
  const clip = world.clips.get(id);
  if (clip) {
    clip.status = status;
    clip.updatedAtMs = nowMs;
    if (status === 'ready' && clip.candidates.length === 0) {
      clip.candidates = makeCandidates(world, clip.plan.candidates);
    }
  }
  const job = world.renders.get(id);
  if (job) {
    job.status = status;
    if (status === 'completed' || status === 'failed' || status === 'error') {
      endRender(world, job, status, nowMs);
    } else {
      job.completedAtMs = null;
    }
  }
  const execution = world.executions.get(id);
  if (execution) {
    execution.status = status;
    if (status === 'pending') return;
    execution.startedAtMs ??= nowMs;
    if (status === 'error') execution.error = 'o provedor não respondeu';
    if (status === 'done' || status === 'error') finishExecution(world, execution, nowMs);
    else execution.finishedAtMs = null;
  }
}
