import type { Platform, Post, PublishBrand, Publishing } from '../../domain/publishing';
import type { Access, JsonClient } from '../../domain/service';
import { remoteTextOf } from '../../http/error-text';
import { pathTo } from '../../http/url';
import {
  firstOf,
  flagOf,
  idOf,
  isObject,
  linkOf,
  nameOf,
  own,
  statusOf,
  timeMsOf,
  unwrapped,
} from '../tolerant-parsers';
import { parseBrandRows } from './account-schema';
import { platformNameFields, postIdFields, postLinkFields } from './assumptions';
import { dataOf, listOf } from './envelope';

const MAX_PLATFORMS = 50;

function platformFrom(row: unknown, connected: boolean | null): Platform | null {
  if (!isObject(row)) {
    const name = nameOf(row);
    return name === null ? null : { name, connected };
  }
  const name = firstOf(row, platformNameFields, nameOf);
  if (name === null) return null;
  const expiresAtMs = firstOf(row, ['expiresAt'], timeMsOf);
  const refreshError = firstOf(row, ['refreshError'], (text) => remoteTextOf(text));
  return {
    name,
    connected: flagOf(own(row, 'connected')) ?? connected,
    ...(expiresAtMs !== null && { expiresAtMs }),
    ...(refreshError !== null && { refreshError }),
  };
}

/** A brand may have several accounts on a platform: one that works counts, before one that does not. */
function addPlatform(platforms: Map<string, Platform>, platform: Platform): void {
  const known = platforms.get(platform.name);
  const works = (one: Platform) => (one.connected && one.refreshError === undefined ? 1 : 0);
  if (!known || works(platform) >= works(known)) platforms.set(platform.name, platform);
}

/**
 * Docs: `connectedPlatforms` of names (reference), `platforms` of names that may not be connected
 * (concept). SDK: `platforms` of `{platform, connected}`.
 */
function platformsOf(brand: unknown): Platform[] | null {
  const lists: [unknown, boolean | null][] = [
    [own(brand, 'platforms'), null],
    [own(brand, 'connectedPlatforms'), true],
  ];
  const platforms = new Map<string, Platform>();
  let isListed = false;
  for (const [list, connected] of lists) {
    if (!Array.isArray(list)) continue;
    isListed = true;
    for (const row of list.slice(0, MAX_PLATFORMS)) {
      const platform = platformFrom(row, connected);
      if (platform !== null) addPlatform(platforms, platform);
    }
  }
  return isListed ? [...platforms.values()] : null;
}

/** Brands with where they can publish. */
function parsePublishBrands(body: unknown): PublishBrand[] {
  return parseBrandRows(body, (brand, row) => ({
    ...brand,
    slug: idOf(own(row, 'slug')),
    platforms: platformsOf(row),
  }));
}

/** GET /brands/{slug}/auth/status, as the SDK has it: a bare list of connections. */
function parseConnections(body: unknown): Platform[] {
  const names = ['platforms', 'connections', 'items'];
  const platforms = new Map<string, Platform>();
  for (const one of listOf(body, names, (row) => platformFrom(row, null), true).items) {
    addPlatform(platforms, one);
  }
  return [...platforms.values()].slice(0, MAX_PLATFORMS);
}

/** The post that was created. None of the fields is needed, so missing ones are no error. */
function parsePost(body: unknown): Post {
  const data = unwrapped(dataOf(body), 'post');
  return {
    postId: firstOf(data, postIdFields, idOf),
    remoteStatus: firstOf(data, ['status'], statusOf),
    link: firstOf(data, postLinkFields, linkOf),
  };
}

/** Drafts and posts of a finished render, as the vendor's command line makes them. */
export function createPublishing(client: JsonClient, access: Access): Publishing {
  const post = async (clipId: string, verb: string, body: unknown, signal?: AbortSignal) => {
    const path = pathTo('clips', clipId, verb);
    return parsePost((await client.request(access, { method: 'POST', path, body, signal })).body);
  };

  return {
    async brands(signal) {
      const call = { method: 'GET' as const, path: pathTo('brands'), signal };
      return parsePublishBrands((await client.request(access, call)).body);
    },
    async connections(brandSlug, signal) {
      const path = pathTo('brands', brandSlug, 'auth', 'status');
      return parseConnections((await client.request(access, { method: 'GET', path, signal })).body);
    },
    createDraft: ({ clipId, candidateId, aspectRatio }, signal) =>
      post(
        clipId,
        'create-draft',
        {
          ...(candidateId === null ? {} : { candidateId }),
          ...(aspectRatio === null ? {} : { aspectRatio }),
        },
        signal,
      ),
    publish: (request, signal) => {
      const { clipId, candidateId, platforms, text, brandSlug, aspectRatio } = request;
      const body = {
        mode: request.mode,
        ...(candidateId === null ? {} : { candidateId }),
        ...(platforms.length === 0 ? {} : { platforms }),
        ...(text === null ? {} : { text }),
        ...(brandSlug === null ? {} : { brandSlug }),
        ...(request.mode === 'schedule'
          ? { scheduledAt: new Date(request.scheduledAtMs).toISOString() }
          : {}),
        ...(aspectRatio === null ? {} : { aspectRatio }),
      };
      return post(clipId, 'publish', body, signal);
    },
  };
}
