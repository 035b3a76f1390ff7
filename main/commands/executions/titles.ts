import { type StartRequest, sourceOf, youtubeVideoUrl } from '../../domain/execution';
import { titleFromUrl } from '../../domain/import-url';

/** More names than any picker shows: beyond them they are forgotten. */
const MOST_NAMES = 20_000;

/** What a source is called until its service has named it. */
export function titleOfSource(source: string): string {
  // Every video there has the same path: the address itself says more.
  const video = youtubeVideoUrl(source);
  if (video !== null) return video;
  const known = sourceOf(source);
  return known === null || known.startsWith('@') ? source : titleFromUrl(known);
}

/** Names of things as the pickers showed them: what a start is called before the service tells. */
export function createNames() {
  const names = new Map<string, string>();
  const key = (accountId: string, id: string) => JSON.stringify([accountId, id]);
  return {
    learn(accountId: string, choices: { id: string; name: string | null }[]): void {
      if (names.size > MOST_NAMES) names.clear();
      for (const { id, name } of choices) if (name !== null) names.set(key(accountId, id), name);
    },
    /** Null where nothing better is known than the service's own id. */
    titleOf(accountId: string, request: StartRequest): string | null {
      const of = (id: string) => names.get(key(accountId, id)) ?? null;
      switch (request.kind) {
        case 'transcript':
          return of(request.itemId);
        case 'source':
          return titleOfSource(request.source);
        case 'collection':
          return of(request.collectionId);
        case 'schedule':
          return of(request.scheduleId);
      }
    },
  };
}

export type Names = ReturnType<typeof createNames>;
