import type { Executions, ItemChoice, StartRequest } from '../domain/execution';
import { sourceOf, youtubeVideoUrl } from '../domain/execution-source';
import type { StartForm } from '../domain/execution-start';
import { mayHaveHappened } from '../domain/service-error';
import { failureOf, type ServiceFailure } from '../domain/service-failure';
import { titleOfSource } from './titles';

const REJECTED: ServiceFailure = { problem: 'rejected', remoteText: null };

/** A link or handle in the form that the service gets; null when it is neither. */
function sourceFor(text: string): string | null {
  return youtubeVideoUrl(text) ?? sourceOf(text);
}

/** The form as a request for which the fee can be looked up: a link has no item yet. */
export function pricedRequest(form: StartForm): StartRequest {
  if (form.kind !== 'transcript') return form;
  const { item, ...rest } = form;
  return { ...rest, itemId: 'id' in item ? item.id : '' };
}

type Learn = (item: { id: string; name: string }) => void;

/** The item of a link. If there is none, it is made, which costs next to nothing. */
async function itemIdOf(
  executions: Executions,
  text: string,
  learn: Learn,
): Promise<string | ServiceFailure> {
  const source = sourceFor(text);
  if (source === null) return REJECTED;
  const learned = ({ id, name }: ItemChoice): string => {
    learn({ id, name: name ?? titleOfSource(source) });
    return id;
  };
  try {
    return learned((await executions.findItem(source)) ?? (await executions.makeItem(source)));
  } catch (error) {
    const failure = failureOf(error);
    if (!mayHaveHappened(failure.problem)) return failure;
    // It may have been made despite the unclear answer; made again, it would exist twice.
    const found = await executions.findItem(source).catch(() => null);
    return found ? learned(found) : failure;
  }
}

/**
 * The form as the request that is sent, or why it cannot be made. A link is looked up, and `learn` is
 * called with its item.
 */
export async function startRequest(
  executions: Executions,
  form: StartForm,
  learn: Learn,
): Promise<StartRequest | ServiceFailure> {
  if (form.kind === 'source') {
    const source = sourceFor(form.source);
    return source === null ? REJECTED : { ...form, source };
  }
  if (form.kind !== 'transcript') return form;
  const { item, ...rest } = form;
  const itemId = 'id' in item ? item.id : await itemIdOf(executions, item.source, learn);
  return typeof itemId === 'string' ? { ...rest, itemId } : itemId;
}
