import type { StartRequest } from '../domain/execution';
import { sourceOf, youtubeVideoUrl } from '../domain/execution-source';
import { titleFromUrl } from '../domain/import-url';

/** More than any picker lists. With more, all are dropped, and learned again as they are shown. */
const MAX_TITLES = 20_000;

/** The title of a source until its service has named it. */
export function titleOfSource(source: string): string {
  // All YouTube videos have the same path, so the URL itself says more.
  const video = youtubeVideoUrl(source);
  if (video !== null) return video;
  const known = sourceOf(source);
  return known === null || known.startsWith('@') ? source : titleFromUrl(known);
}

/** Titles that the pickers have shown: executions get them until the service names them. */
export function createTitles() {
  const titles = new Map<string, string>();
  const key = (accountId: string, id: string) => JSON.stringify([accountId, id]);
  return {
    learn(accountId: string, choices: { id: string; name: string | null }[]): void {
      if (titles.size > MAX_TITLES) titles.clear();
      for (const { id, name } of choices) if (name !== null) titles.set(key(accountId, id), name);
    },
    /** Null if nothing better is known than the service's own id. */
    titleOf(accountId: string, request: StartRequest): string | null {
      const titleOfId = (id: string) => titles.get(key(accountId, id)) ?? null;
      switch (request.kind) {
        case 'transcript':
          return titleOfId(request.itemId);
        case 'source':
          return titleOfSource(request.source);
        case 'collection':
          return titleOfId(request.collectionId);
        case 'schedule':
          return titleOfId(request.scheduleId);
      }
    },
  };
}

export type Titles = ReturnType<typeof createTitles>;
