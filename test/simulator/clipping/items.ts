import { z } from 'zod';
import type { Item } from '../types';
import { type Answer, json } from '../wire/exchange';
import { ApiError, type KeyedCall, type Route } from '../wire/json-service';
import type { World } from '../world';
import { bodyOf } from './body';
import { startedAnswer } from './executions';
import { createExecution } from './lifecycle';
import { collectionView, documentView, itemView, listOf, pickerList } from './views';

/** The kind of item that a URL or handle is; null when it is neither. */
function typeOfSource(source: string): Item['type'] | null {
  if (/^@[\w.-]+$/.test(source)) return 'youtube_channel';
  let url: URL;
  try {
    url = new URL(source);
  } catch {
    return null;
  }
  if (!/^https?:$/.test(url.protocol)) return null;
  const host = url.hostname.replace(/^(www|m)\./, '');
  if (host === 'youtu.be') return 'youtube_video';
  if (host === 'youtube.com') {
    const video = /^\/(watch|shorts\/|live\/)/.test(url.pathname);
    return video ? 'youtube_video' : 'youtube_channel';
  }
  return host === 'x.com' || host === 'twitter.com' ? 'twitter' : 'rss';
}

/** The account's item for a source; made when it is new. Throws ApiError 400. */
export function itemFor(world: World, accountId: string, source: string, reuse: boolean): Item {
  const type = typeOfSource(source);
  if (!type) throw new ApiError(400, undefined, 'source não é um endereço nem um perfil');
  if (reuse) {
    for (const item of world.items.values()) {
      if (item.accountId === accountId && item.source === source) return item;
    }
  }
  const item: Item = {
    id: world.newId('itm'),
    accountId,
    type,
    source,
    title: `Vídeo de ${source.replace(/^https?:\/\/(www\.)?/, '').slice(0, 60)}`,
    createdAtMs: world.clock.now(),
  };
  world.items.set(item.id, item);
  return item;
}

function ownItem(call: KeyedCall): Item {
  const item = call.world.items.get(call.params.id ?? '');
  if (!item || item.accountId !== call.account.id) {
    throw new ApiError(404, undefined, 'não há item com este id');
  }
  return item;
}

function startTranscript(call: KeyedCall): Answer {
  const { world, account } = call;
  const item = ownItem(call);
  if (call.body === undefined && world.shapes.get('clipping.emptyTranscriptBody') === 'refused') {
    throw new ApiError(400, undefined, 'o corpo do pedido falta');
  }
  const body = bodyOf(call, {
    lang: z.string().min(2).optional(),
    embed: z.boolean().optional(),
    text: z.string().min(1).optional(),
  });
  if (item.type !== 'youtube_video') {
    throw new ApiError(400, undefined, 'só um vídeo pode ser transcrito');
  }
  const execution = createExecution(world, {
    accountId: account.id,
    kind: 'transcript',
    itemId: item.id,
    lang: body.lang ?? null,
    text: body.text ?? null,
  });
  return startedAnswer(call, execution);
}

function readTranscript(call: KeyedCall): Answer {
  const item = ownItem(call);
  const lang = call.query.get('lang');
  const transcript = [...call.world.transcripts.values()].find(
    (one) => one.itemId === item.id && (lang === null || one.lang === lang),
  );
  if (!transcript) throw new ApiError(404, undefined, 'ainda não há transcrição');
  const { itemId, ...rest } = transcript;
  return json(200, { transcript: { item_id: itemId, ...rest } });
}

function documents(call: KeyedCall): Answer {
  const { world, account, query } = call;
  const matches = (name: string, value: string | null) =>
    query.get(name) === null || query.get(name) === value;
  const rows = [...world.documents.values()]
    .filter(
      (one) =>
        one.accountId === account.id &&
        matches('item_id', one.itemId) &&
        matches('reporter_id', one.reporterId) &&
        matches('kind', one.kind),
    )
    .map((one) => documentView(world, one));
  return json(200, listOf(world, 'documents', rows));
}

/** Items, their transcripts, collections and documents. */
export const itemRoutes: Route[] = [
  {
    method: 'GET',
    path: '/v1/items',
    handle: ({ world, account }) => {
      const own = [...world.items.values()].filter((one) => one.accountId === account.id);
      const rows = own.map((one) => itemView(world, one));
      return json(200, pickerList(world, 'items', rows));
    },
  },
  {
    method: 'POST',
    path: '/v1/items',
    fee: 'write',
    handle: (call) => {
      const { source } = bodyOf(call, { source: z.string().min(1) });
      const reuse = call.world.shapes.get('clipping.itemRepeat') === 'same';
      const item = itemFor(call.world, call.account.id, source, reuse);
      return json(201, { item: itemView(call.world, item) });
    },
  },
  {
    method: 'GET',
    path: '/v1/items/{id}',
    handle: (call) => json(200, { item: itemView(call.world, ownItem(call)) }),
  },
  {
    method: 'POST',
    path: '/v1/items/{id}/transcript',
    fee: 'transcriptStart',
    starts: true,
    handle: startTranscript,
  },
  {
    method: 'GET',
    path: '/v1/items/{id}/transcript',
    fee: 'transcriptRead',
    handle: readTranscript,
  },
  {
    method: 'GET',
    path: '/v1/collections',
    handle: ({ world, account }) => {
      const own = [...world.collections.values()].filter((one) => one.accountId === account.id);
      const rows = own.map((one) => collectionView(world, one));
      return json(200, pickerList(world, 'collections', rows));
    },
  },
  { method: 'GET', path: '/v1/documents', handle: documents },
];
