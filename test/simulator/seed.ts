import type { World } from './world';

/**
 * The accounts and objects that every simulator starts with: one account for each service, ready to
 * use.
 */
export function seedWorld(world: World): void {
  const nowMs = world.clock.now();
  const autoposting = world.newId('org');
  world.accounts.set(autoposting, {
    id: autoposting,
    service: 'autoposting',
    name: 'Harbour Films',
    email: 'office@harbour.example',
    suspended: false,
    balance: 500,
    spent: 0,
    createdAtMs: nowMs,
  });
  world.keys.set(world.firstKeys.autoposting, {
    key: world.firstKeys.autoposting,
    accountId: autoposting,
    label: 'first',
    revoked: false,
    scopes: null,
    session: false,
    expiresAtMs: null,
  });
  const brandId = world.newId('brand');
  world.brands.set(brandId, {
    id: brandId,
    accountId: autoposting,
    name: 'Harbour Films',
    slug: 'harbour-films',
    timezone: 'Europe/Lisbon',
    platforms: [
      { platform: 'instagram', connected: true },
      { platform: 'youtube', connected: true },
      { platform: 'linkedin', connected: false },
    ],
    createdAtMs: nowMs,
  });

  const clipping = world.newId('usr');
  world.accounts.set(clipping, {
    id: clipping,
    service: 'clipping',
    name: 'Marina Costa',
    email: 'marina@harbour.example',
    suspended: false,
    balance: 1_000,
    spent: 0,
    createdAtMs: nowMs,
  });
  world.keys.set(world.firstKeys.clipping, {
    key: world.firstKeys.clipping,
    accountId: clipping,
    label: 'first',
    revoked: false,
    scopes: null,
    session: false,
    expiresAtMs: null,
  });
  seedClipping(world, clipping);
}

function seedClipping(world: World, accountId: string): void {
  const createdAtMs = world.clock.now();
  const video = (title: string, source: string) => {
    const id = world.newId('itm');
    world.items.set(id, { id, accountId, type: 'youtube_video', source, title, createdAtMs });
    return id;
  };
  const itemIds = [
    video('Tides of the week', 'https://www.youtube.com/watch?v=tides000001'),
    video('Boats coming in', 'https://www.youtube.com/watch?v=boats000002'),
  ];
  const reporterId = world.newId('rep');
  world.reporters.set(reporterId, {
    id: reporterId,
    accountId,
    name: 'Harbour news',
    public: false,
    createdAtMs,
  });
  const workflowId = world.newId('wf');
  world.workflows.set(workflowId, {
    id: workflowId,
    reporterId,
    name: 'Summary and quotes',
    targetKind: 'youtube_video',
    steps: [
      { tool_id: 'summary_review', prompt_text: 'Say what happens, in five lines.' },
      { tool_id: 'quote_finder', prompt_text: 'List the sentences worth repeating.' },
    ],
  });
  const collectionId = world.newId('col');
  world.collections.set(collectionId, { id: collectionId, accountId, name: 'Harbour', itemIds });
  const scheduleId = world.newId('sch');
  world.schedules.set(scheduleId, {
    id: scheduleId,
    reporterId,
    name: 'Every morning',
    workflowId,
    intervalHours: 24,
    collectionIds: [collectionId],
    enabled: true,
  });
}
