import type {
  ClipLibrary,
  ClipPage,
  CreditCheck,
  PageCursor,
  RenderAnswer,
  RenderRequest,
} from '../../domain/clip-library';
import { displayText } from '../../domain/display-text';
import type { JobObservation } from '../../domain/job';
import type { Access, JsonClient } from '../../domain/service';
import { mayHaveHappened, ServiceError, type ServiceProblem } from '../../domain/service-error';
import { pathTo } from '../../http/url';
import { firstOf, flagOf, isObject, nameOf } from '../tolerant-parsers';
import { clipRecord } from './adapter';
import { checkVerdictFields, PAGE_LIMIT } from './assumptions';
import { type ClipAnswer, parseClip, parseClips, parsePaging } from './clip-schema';
import { dataOf } from './envelope';

const MAX_FACTS = 20;

/** Problems that would stop the next render too. */
const ENDS_ALL: ReadonlySet<ServiceProblem> = new Set([
  'key-refused',
  'key-missing',
  'keychain-locked',
  'keychain-silent',
  'other-address',
  'scope-missing',
  'plan-suspended',
  'no-credit',
  'rate-limited',
  'cancelled',
]);

interface LibraryDeps {
  renders(clipId: string, signal?: AbortSignal): Promise<JobObservation[]>;
  render(request: RenderRequest, signal?: AbortSignal): Promise<JobObservation[]>;
}

/** Clips as the user browses them. */
export function createLibrary(client: JsonClient, access: Access, deps: LibraryDeps): ClipLibrary {
  async function page(cursor: PageCursor | null, signal?: AbortSignal): Promise<ClipPage> {
    const query = { limit: String(cursor?.limit ?? PAGE_LIMIT), ...positionOf(cursor) };
    const path = pathTo('clips');
    const { body } = await client.request(access, { method: 'GET', path, query, signal });
    return pageOf(body, cursor);
  }

  async function one(clipId: string, signal?: AbortSignal) {
    const path = pathTo('clips', clipId);
    const { body } = await client.request(access, { method: 'GET', path, signal });
    return clipRecord(clipId, parseClip(body));
  }

  async function remove(clipId: string, signal?: AbortSignal) {
    const path = pathTo('clips', clipId);
    try {
      const { body } = await client.request(access, { method: 'DELETE', path, signal });
      // The answer is `{deleted: true}`, `{success: true}` or empty: only a refusal matters.
      dataOf(body);
    } catch (error) {
      if (!(error instanceof ServiceError && error.problem === 'not-found')) throw error;
    }
  }

  async function check(clipId: string, candidateId: string, signal?: AbortSignal) {
    const path = pathTo('clips', 'billing', 'check');
    const body = { clipId, candidateId };
    try {
      const call = { method: 'POST' as const, path, body, signal, isRepeatable: true };
      const answer = await client.request(access, call);
      return checkOf(answer.body);
    } catch (error) {
      if (!(error instanceof ServiceError && error.problem === 'no-credit')) throw error;
      return { verdict: 'too-little' as const, facts: [], remoteText: error.remoteText };
    }
  }

  async function renderAll(requests: RenderRequest[], signal?: AbortSignal) {
    const outcomes: RenderAnswer[] = [];
    let over = false;
    for (const request of requests) {
      const { candidateId } = request;
      if (over) {
        outcomes.push({ result: 'not-sent', candidateId });
        continue;
      }
      try {
        const jobs = await deps.render(request, signal);
        outcomes.push({ result: 'started', candidateId, jobs });
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        const { problem, remoteText } = error;
        const unsure = mayHaveHappened(problem);
        outcomes.push({ result: unsure ? 'unsure' : 'refused', candidateId, problem, remoteText });
        // After an unclear answer the clip has to be read before anything more is paid for.
        over = unsure || ENDS_ALL.has(problem);
      }
    }
    return outcomes;
  }

  return { page, one, remove, renders: deps.renders, check, renderAll };
}

function positionOf(cursor: PageCursor | null): Record<string, string> {
  // Only the parameter of the form in which the service answered: it may refuse the other.
  return cursor === null ? {} : { [cursor.form]: String(cursor.at) };
}

/** One page in either documented form. Without paging, the list continues as long as pages are full. */
function pageOf(body: unknown, cursor: PageCursor | null): ClipPage {
  const { items } = parseClips(body);
  const paging = parsePaging(body);
  const { totalCount } = paging;
  const [first] = items;
  // The same page again: the service ignores the parameter, so there would be no end.
  if (first === undefined || first.id === cursor?.afterId)
    return { clips: [], totalCount, next: null };
  return { clips: items.map(recordOf), totalCount, next: nextOf(paging, cursor, items) };
}

const recordOf = (clip: ClipAnswer & { id: string }) => clipRecord(clip.id, clip);

function nextOf(
  { page, totalPages, totalCount, offset, limit }: ReturnType<typeof parsePaging>,
  cursor: PageCursor | null,
  items: { id: string }[],
): PageCursor | null {
  const rows = items.length;
  const afterId = items[0]?.id ?? '';
  const perPage = limit !== null && limit > 0 ? limit : (cursor?.limit ?? PAGE_LIMIT);
  if (page !== null || totalPages !== null) {
    const current = page ?? (cursor?.form === 'page' ? cursor.at : 1);
    const last = totalPages ?? (totalCount === null ? null : Math.ceil(totalCount / perPage));
    const more = last === null ? rows >= perPage : current < last;
    return more ? { form: 'page', at: current + 1, limit: perPage, afterId } : null;
  }
  const current = offset ?? (cursor?.form === 'offset' ? cursor.at : 0);
  const more = totalCount === null ? rows >= perPage : current + rows < totalCount;
  return more ? { form: 'offset', at: current + rows, limit: perPage, afterId } : null;
}

/** A credit check's answer: its verdict, and everything else that it says. */
function checkOf(body: unknown): CreditCheck {
  const data = dataOf(body);
  const verdict = firstOf(data, checkVerdictFields, flagOf);
  const facts: CreditCheck['facts'] = [];
  for (const [key, value] of isObject(data) ? Object.entries(data) : []) {
    if (facts.length >= MAX_FACTS) break;
    const name = displayText(key, 60);
    const text = typeof value === 'boolean' ? String(value) : nameOf(value);
    if (name !== null && text !== null) facts.push({ name, value: text });
  }
  return {
    verdict: verdict === null ? 'not-told' : verdict ? 'enough' : 'too-little',
    facts,
    remoteText: null,
  };
}
