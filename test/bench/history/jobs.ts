import type { Account } from '../../../main/domain/account';
import type { Job, Phase } from '../../../main/domain/job';
import { NOTIFY_EVERYTHING } from '../../../main/domain/notification-rules';
import type { JobChanges } from '../../../main/storage/jobs';

export const LAST_BEGIN_MS = Date.UTC(2026, 5, 1);
const MINUTE_MS = 60_000;

const WORDS = (
  'entrevista ação corte vídeo reunião semana episódio final trailer estúdio música jogo notícia ' +
  'aula curso análise receita viagem São Paulo interview keynote podcast weekly review launch ' +
  'behind the scenes setup unboxing live Q&A 100% part_2 größe über naïve café'
).split(' ');
const FAILURES = [
  'saldo insuficiente: adicione coins na conta',
  'The video could not be decoded (stream 0, frame 1203)',
  'the source went away while it was read, which may be because it was deleted by its owner',
];

/** Random numbers from 0 to below 1, the same ones in each run. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const accounts: Account[] = ['clipping', 'clipping', 'autoposting', 'autoposting'].map(
  (service, index) => ({
    id: `0c7be9a4-5d3e-4f11-8a60-${String(index).padStart(12, '0')}`,
    service,
    name: `Account ${index}`,
    keyHeader: 'bearer',
    keyLocation: 'keychain',
    brands: [],
    brandId: null,
    addedAtMs: 0,
    pace: 'balanced',
    notificationRules: NOTIFY_EVERYTHING,
  }),
);

function phaseOf(chance: number): Phase {
  if (chance < 0.0005) return 'running';
  if (chance < 0.06) return 'failed';
  return chance < 0.065 ? 'unknown' : 'done';
}

/** A job of a long history; the higher its number, the later it started. */
function jobOf(number: number, count: number, random: () => number): Job {
  const account = accounts[Math.floor(random() * accounts.length)] as Account;
  const kind =
    account.service === 'clipping' ? 'execution' : random() < 0.4 ? 'processing' : 'render';
  const remoteId = `${kind.slice(0, 3)}_${number.toString(36).padStart(6, '0')}${Math.floor(random() * 1e12).toString(36)}`;
  const startedAtMs =
    LAST_BEGIN_MS - Math.floor((count - number) * 10 * MINUTE_MS + random() * MINUTE_MS);
  const phase = phaseOf(random());
  const endedAtMs = startedAtMs + Math.floor(20_000 + random() * 40 * MINUTE_MS);
  const over = phase === 'done' || phase === 'failed';
  const length = 3 + Math.floor(random() * 9);
  const title = Array.from({ length }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
  return {
    id: `${account.id}/${kind}/${remoteId}`,
    accountId: account.id,
    kind,
    remoteId,
    clipId: kind === 'execution' ? null : `clip_${Math.floor(number / 3)}`,
    title: kind === 'render' ? null : title,
    phase,
    remoteStatus: phase,
    createdAtMs: random() < 0.9 ? startedAtMs : null,
    endedAtMs: over ? endedAtMs : null,
    resultUrl: phase === 'done' ? `https://cdn.example/r/${remoteId}.mp4` : null,
    failure: phase === 'failed' ? (FAILURES[Math.floor(random() * FAILURES.length)] ?? null) : null,
    estimatedDurationMs: null,
    candidateId: null,
    clip: null,
    revisionMark: null,
    firstSeenAtMs: startedAtMs,
    phaseSinceMs: over ? endedAtMs : startedAtMs,
    leftListAtMs: null,
    gone: phase === 'unknown',
    seen: true,
  };
}

/** The changes of a whole history, in batches as they are written. */
export function* historyOf(count: number, batch: number): Generator<JobChanges> {
  const random = dice(7);
  for (let from = 0; from < count; from += batch) {
    const jobs = Array.from({ length: Math.min(batch, count - from) }, (_, index) =>
      jobOf(from + index, count, random),
    );
    const events = jobs.flatMap((job) => [
      {
        ...{ jobId: job.id, atMs: job.firstSeenAtMs, source: 'list' as const },
        ...{ type: 'found' as const, fromPhase: null, toPhase: 'running' as const },
        remoteStatus: 'running',
      },
      {
        ...{ jobId: job.id, atMs: job.phaseSinceMs, source: 'read' as const },
        ...{ type: 'phase' as const, fromPhase: 'running' as const, toPhase: job.phase },
        remoteStatus: job.remoteStatus,
      },
    ]);
    yield { jobs, events, notifications: [] };
  }
}
