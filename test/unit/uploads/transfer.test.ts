import { appendFileSync, rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { UploadRemote } from '../../../main/domain/service';
import { ServiceError } from '../../../main/domain/service-error';
import { faults } from '../../simulator/client';
import { MIB, sha256, until } from './rig';
import { Setting } from './setting';

const setting = new Setting();

it('a file arrives byte for byte, each part is sent once, and URLs are requested a few at a time', async () => {
  const path = setting.folder.video('whole.mp4', 42 * MIB + 12_345);
  const rig = setting.rig();
  rig.queue.start();
  const id = await rig.add(path);
  const upload = await rig.reaches(id, 'sent');

  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
  expect(upload).toMatchObject({ problem: null, mimeType: 'video/mp4', fileName: 'whole.mp4' });
  expect((await setting.puts()).length).toBe(9);
  const asked = (await setting.calls('presign')).map(
    (call) => JSON.parse(call.body ?? '').partNumbers.length,
  );
  expect(asked.reduce((sum, count) => sum + count, 0)).toBe(9);
  expect(Math.max(...asked)).toBeLessThanOrEqual(8);
  expect(await setting.simulator.keyLeaks()).toEqual([]);
  // What comes after is the checksum.
  expect(rig.states.map(({ state }) => state).slice(0, 5)).toEqual([
    'queued',
    'sending',
    'sending',
    'finishing',
    'sent',
  ]);
});

it('a file smaller than one part is uploaded too', async () => {
  const path = setting.folder.video('short.mp4', 4321);
  const rig = setting.rig();
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('after a kill the next start resumes by itself and sends no stored part again', async () => {
  const path = setting.folder.video('killed.mp4', 21 * MIB);
  await setting.simulator.addFault({
    service: 'storage',
    skip: 2,
    times: 'always',
    action: faults.stallAfterRequestBytes(MIB),
  });
  const first = setting.rig({ limits: { partsInFlight: 2, transfers: 1 } });
  first.queue.start();
  const id = await first.add(path);
  await until('two parts are stored', () => first.store.parts(id).length === 2);
  await until('two more are under way', async () => (await setting.puts()).length === 4);
  await first.kill();
  const stored = first.store.parts(id).map((part) => part.partNumber);
  expect(first.upload(id).state).toBe('sending');
  await setting.simulator.clearFaults();
  await setting.clearLog();

  const second = setting.rig({ store: first.store });
  second.queue.start();
  await second.reaches(id, 'sent');
  const sentAgain = (await setting.puts()).map((put) => put.partNumber);
  expect(sentAgain.filter((number) => stored.includes(number ?? 0))).toEqual([]);
  expect(sentAgain.length).toBe(3);
  expect(await setting.calls('init')).toEqual([]);
  expect(await setting.storedHash(second, id)).toBe(sha256(path));
});

it('URLs that expired in the middle of a part are signed again, and no try is used up', async () => {
  const path = setting.folder.video('expired.mp4', 11 * MIB);
  await setting.simulator.addFault({
    service: 'storage',
    times: 1,
    action: faults.expiredUrl(MIB),
  });
  await setting.simulator.addFault({
    service: 'storage',
    partNumber: 3,
    times: 1,
    action: faults.expiredUrl(),
  });
  const rig = setting.rig({ limits: { partsInFlight: 1, transfers: 1 } });
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
  expect(rig.happened('waited')).toEqual([]);
  expect((await setting.puts()).filter((put) => put.status === 403).length).toBe(2);
});

it('a storage host that refuses every new URL fails the upload instead of causing a loop', async () => {
  const path = setting.folder.video('refused.mp4', 4 * MIB);
  await setting.simulator.addFault({
    service: 'storage',
    times: 'always',
    action: faults.expiredUrl(),
  });
  const rig = setting.rig();
  rig.queue.start();
  const id = await rig.add(path);
  const upload = await rig.reaches(id, 'failed');
  expect(upload.problem).toBe('storage-refused');
  expect((await setting.puts()).length).toBe(4);

  await setting.simulator.clearFaults();
  rig.queue.retry(id);
  await rig.reaches(id, 'sent');
  expect(await setting.simulator.danglingUploads()).toEqual([]);
});

it('5xx, resets, wrong and missing ETags and damaged bytes cost a part, not the upload', async () => {
  const path = setting.folder.video('rough.mp4', 31 * MIB);
  const strikes: [number, ReturnType<(typeof faults)[keyof typeof faults]>][] = [
    [1, faults.serverError(500)],
    [2, faults.serverError(503)],
    [3, faults.resetAfterRequestBytes(MIB)],
    [4, faults.wrongEtag()],
    [5, faults.missingEtag()],
    [6, faults.corruptPart()],
    [7, faults.lostAnswer()],
  ];
  for (const [partNumber, action] of strikes) {
    await setting.simulator.addFault({ service: 'storage', partNumber, action });
  }
  await setting.simulator.addFault({
    path: '/clips/upload/presign',
    action: faults.serverError(502),
  });
  const rig = setting.rig();
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
  expect((await setting.puts()).length).toBe(14);
  expect((await setting.simulator.faults()).every((fault) => fault.fired === 1)).toBe(true);
});

it('a host whose ETags are never the MD5 is trusted in the end', async () => {
  const path = setting.folder.video('kms.mp4', MIB);
  // A bucket with SSE-KMS: 32 hex digits that are no checksum. Its own completion accepts them.
  const etag = `"${'0'.repeat(32)}"`;
  let tries = 0;
  const rig = setting.rig({
    workers: (real) => ({
      send: async (request) => {
        tries += 1;
        return { ...(await real.send(request)), etag };
      },
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  await until('the part is recorded', () => rig.store.parts(id).length === 1);
  expect(tries).toBe(3);
  expect(rig.store.parts(id)[0]?.etag).toBe(etag);
});

it('a lost answer to the completion is settled by reading, not by completing again', async () => {
  const path = setting.folder.video('lost.mp4', 6 * MIB);
  await setting.simulator.addFault({
    path: '/clips/upload/complete',
    action: faults.lostAnswer(),
  });
  const rig = setting.rig();
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect((await setting.calls('complete')).length).toBe(1);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('a completion that did not take effect is sent again', async () => {
  const path = setting.folder.video('undone.mp4', 6 * MIB);
  await setting.simulator.addFault({
    path: '/clips/upload/complete',
    action: faults.resetWithoutEffect(),
  });
  const rig = setting.rig();
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect((await setting.calls('complete')).length).toBe(2);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('a completion that is answered with success and does nothing is noticed and made again', async () => {
  const path = setting.folder.video('said-so.mp4', 6 * MIB);
  await setting.simulator.addFault({
    path: '/clips/upload/complete',
    times: 2,
    action: faults.respond(200, { success: true }),
  });
  const rig = setting.rig();
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect((await setting.calls('complete')).length).toBe(3);
  expect((await setting.puts()).length).toBe(2);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
  expect(rig.states.map(({ problem }) => problem)).toContain('completion-unconfirmed');
  expect(rig.upload(id).problem).toBe(null);
});

it('a clip that never leaves `uploading` fails the upload in the end; a retry sends no part again', async () => {
  const path = setting.folder.video('stays.mp4', 6 * MIB);
  await setting.simulator.addFault({
    path: '/clips/upload/complete',
    times: 'always',
    action: faults.respond(200, { success: true, data: {} }),
  });
  const rig = setting.rig();
  rig.queue.start();
  const id = await rig.add(path);
  expect((await rig.reaches(id, 'failed')).problem).toBe('completion-unconfirmed');

  await setting.simulator.clearFaults();
  rig.queue.retry(id);
  await rig.reaches(id, 'sent');
  expect((await setting.puts()).length).toBe(2);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('a clip that takes a moment to leave `uploading` is not completed twice', async () => {
  const path = setting.folder.video('slow.mp4', MIB);
  let questions = 0;
  const rig = setting.rig({
    remote: (real) => ({
      ...real,
      isComplete: async (...about) => {
        questions += 1;
        return questions > 3 && real.isComplete(...about);
      },
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect((await setting.calls('complete')).length).toBe(1);
});

it('a second completion that is refused fails nothing that the service said it has', async () => {
  const path = setting.folder.video('twice.mp4', MIB);
  let questions = 0;
  const rig = setting.rig({
    remote: (real) => ({
      ...real,
      isComplete: async (...about) => {
        questions += 1;
        return questions > 6 && real.isComplete(...about);
      },
    }),
  });
  await setting.simulator.setShapes({ 'autoposting.completeAgain': 'refused' });
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect((await setting.calls('complete')).length).toBeGreaterThan(1);
});

it('a key that may not read clips can still upload', async () => {
  const path = setting.folder.video('write-only.mp4', MIB);
  await setting.simulator.addFault({
    method: 'GET',
    path: '/clips/{id}',
    times: 'always',
    action: faults.scopeMissing(),
  });
  const rig = setting.rig();
  rig.queue.start();
  await rig.reaches(await rig.add(path), 'sent');
});

/** A service that is asked this often before its clip leaves `uploading`, and forgets the first answer. */
function slowService(questionsNeeded: number, problem: 'conflict' | 'not-found' | 'rejected') {
  let calls = 0;
  let questions = 0;
  return (real: UploadRemote): UploadRemote => ({
    ...real,
    complete: async (...about) => {
      calls += 1;
      if (calls > 1) throw new ServiceError(problem);
      await real.complete(...about);
      throw new ServiceError('timed-out');
    },
    isComplete: async (...about) => {
      questions += 1;
      return questions > questionsNeeded && real.isComplete(...about);
    },
  });
}

it.each(['conflict', 'not-found', 'rejected'] as const)(
  'a lost answer to the completion and then a refusal (%s) do not end in a second clip',
  async (problem) => {
    const path = setting.folder.video(`lost-${problem}.mp4`, MIB);
    const rig = setting.rig({ remote: slowService(5, problem) });
    rig.queue.start();
    await rig.reaches(await rig.add(path), 'sent');
    expect((await setting.calls('init')).length).toBe(1);
  },
);

it('a clip that is complete when the user retries a refused completion is not sent again', async () => {
  const path = setting.folder.video('late.mp4', MIB);
  let isAssembled = false;
  const rig = setting.rig({
    remote: (real) => ({
      ...slowService(0, 'conflict')(real),
      isComplete: async (...about) => isAssembled && real.isComplete(...about),
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  expect((await rig.reaches(id, 'failed')).problem).toBe('conflict');
  isAssembled = true;
  rig.queue.retry(id);
  await rig.reaches(id, 'sent');
  expect((await setting.calls('init')).length).toBe(1);
  expect((await setting.puts()).length).toBe(1);
});

it('a multipart upload that is gone is given up at last, and a retry starts over', async () => {
  const path = setting.folder.video('gone.mp4', MIB);
  let isGone = true;
  let calls = 0;
  const rig = setting.rig({
    remote: (real) => ({
      ...real,
      complete: async (...about) => {
        if (!isGone) return real.complete(...about);
        calls += 1;
        throw new ServiceError(calls === 1 ? 'timed-out' : 'not-found', { remoteText: 'gone' });
      },
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  expect(await rig.reaches(id, 'failed')).toMatchObject({
    problem: 'not-found',
    remoteText: 'gone',
  });
  expect(calls).toBe(2);
  isGone = false;
  rig.queue.retry(id);
  await rig.reaches(id, 'sent');
  expect((await setting.calls('init')).length).toBe(2);
});

it.each(['not-found', 'key-refused', 'key-missing', 'keychain-locked'] as const)(
  'an accepted completion whose clip cannot be read (%s) does not pass for sent',
  async (problem) => {
    const path = setting.folder.video(`unread-${problem}.mp4`, MIB);
    const rig = setting.rig({
      remote: (real) => ({
        ...real,
        isComplete: async () => {
          throw new ServiceError(problem);
        },
      }),
    });
    rig.queue.start();
    const id = await rig.add(path);
    expect((await rig.reaches(id, 'failed')).problem).toBe(problem);
  },
);

it('a key that may not read clips can upload across a restart during the completion', async () => {
  const path = setting.folder.video('write-only-restart.mp4', MIB);
  const forbidden = async () => {
    throw new ServiceError('scope-missing');
  };
  await setting.simulator.addFault({
    path: '/clips/upload/complete',
    action: faults.hang('apply'),
  });
  const first = setting.rig({ remote: (real) => ({ ...real, isComplete: forbidden }) });
  first.queue.start();
  const id = await first.add(path);
  await until('it is finishing', () => first.upload(id).state === 'finishing');
  await until('complete was called', async () => (await setting.calls('complete')).length === 1);
  await first.kill();
  await setting.simulator.setShapes({ 'autoposting.completeAgain': 'accepted' });
  const second = setting.rig({
    store: first.store,
    remote: (real) => ({ ...real, isComplete: forbidden }),
  });
  second.queue.start();
  await second.reaches(id, 'sent');
});

it('nothing is sent again when nobody can tell whether a refused completion was made', async () => {
  const path = setting.folder.video('nobody-knows.mp4', MIB);
  let calls = 0;
  const rig = setting.rig({
    remote: (real) => ({
      ...real,
      complete: async () => {
        calls += 1;
        throw new ServiceError(calls === 1 ? 'timed-out' : 'conflict');
      },
      isComplete: async () => {
        throw new ServiceError('scope-missing');
      },
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  expect((await rig.reaches(id, 'failed')).problem).toBe('scope-missing');
  rig.queue.retry(id);
  await until('it has asked again', () => calls === 3);
  await rig.reaches(id, 'failed');
  expect((await setting.calls('init')).length).toBe(1);
});

it.each(['deleted', 'grown'])(
  'an unconfirmed completion is retried without the file, which was %s since',
  async (change) => {
    const path = setting.folder.video(`unconfirmed-${change}.mp4`, 6 * MIB);
    await setting.simulator.addFault({
      path: '/clips/upload/complete',
      times: 'always',
      action: faults.respond(200, { success: true, data: {} }),
    });
    const rig = setting.rig();
    rig.queue.start();
    const id = await rig.add(path);
    expect((await rig.reaches(id, 'failed')).problem).toBe('completion-unconfirmed');
    const hash = sha256(path);
    if (change === 'deleted') rmSync(path);
    else appendFileSync(path, 'more');
    await setting.simulator.clearFaults();
    rig.queue.retry(id);
    await rig.reaches(id, 'sent');
    expect((await setting.calls('init')).length).toBe(1);
    expect((await setting.puts()).length).toBe(2);
    expect(await setting.storedHash(rig, id)).toBe(hash);
  },
);

it('a kill during the completion is settled at the next start without a second completion', async () => {
  const path = setting.folder.video('finishing.mp4', 6 * MIB);
  await setting.simulator.addFault({
    path: '/clips/upload/complete',
    action: faults.hang('apply'),
  });
  const first = setting.rig();
  first.queue.start();
  const id = await first.add(path);
  await until('the service has completed', async () =>
    (await setting.simulator.objects()).some((object) => object.state === 'completed'),
  );
  await first.kill();
  expect(first.upload(id).state).toBe('finishing');

  const second = setting.rig({ store: first.store });
  second.queue.start();
  await second.reaches(id, 'sent');
  expect((await setting.calls('complete')).length).toBe(1);
});

it('an initiation whose answer is lost is repeated once, and no further clip is left behind', async () => {
  const path = setting.folder.video('opening.mp4', MIB);
  await setting.simulator.addFault({ path: '/clips/upload/init', action: faults.lostAnswer() });
  const rig = setting.rig();
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect((await setting.calls('init')).length).toBe(2);

  await setting.simulator.addFault({
    path: '/clips/upload/init',
    times: 'always',
    action: faults.lostAnswer(),
  });
  const other = await rig.add(setting.folder.video('opening-2.mp4', MIB));
  const failed = await rig.reaches(other, 'failed');
  expect(failed.problem).toBe('unreachable');
  expect((await setting.calls('init')).length).toBe(4);
});

it('a network that shows its own certificate until somebody signs in fails no initiation', async () => {
  const path = setting.folder.video('certificate.mp4', MIB);
  const problems = ['untrusted-certificate', 'wrong-certificate'] as const;
  let tries = 0;
  const rig = setting.rig({
    remote: (real) => ({
      ...real,
      start: async (...what) => {
        tries += 1;
        const problem = problems[tries % 2] ?? 'untrusted-certificate';
        if (tries <= 12) throw new ServiceError(problem);
        return real.start(...what);
      },
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect(tries).toBe(13);
});

it('a refused key, no credit and a suspended plan fail it with that problem, and a retry goes on', async () => {
  const rig = setting.rig();
  rig.queue.start();
  const refusals = [
    ['key-refused', faults.unauthorized()],
    ['no-credit', faults.noCredit()],
    ['plan-suspended', faults.suspended()],
    ['scope-missing', faults.scopeMissing()],
  ] as const;
  for (const [problem, action] of refusals) {
    const path = setting.folder.video(`${problem}.mp4`, 6 * MIB);
    await setting.simulator.addFault({ path: '/clips/upload/complete', action });
    const id = await rig.add(path);
    expect((await rig.reaches(id, 'failed')).problem).toBe(problem);
    const sent = (await setting.puts()).length;
    rig.queue.retry(id);
    await rig.reaches(id, 'sent');
    expect((await setting.puts()).length).toBe(sent);
    expect(await setting.storedHash(rig, id)).toBe(sha256(path));
  }
});

it('no line of the log and no shown problem ever contains a presigned URL', async () => {
  const path = setting.folder.video('silent.mp4', 11 * MIB);
  for (const partNumber of [1, 2, 3]) {
    await setting.simulator.addFault({
      service: 'storage',
      partNumber,
      action: faults.resetAfterRequestBytes(1000),
    });
  }
  const rig = setting.rig();
  rig.queue.start();
  await rig.reaches(await rig.add(path), 'sent');
  expect(rig.events.length).toBeGreaterThan(3);
  expect(JSON.stringify([rig.logLines, rig.events, rig.states])).not.toMatch(/X-Amz|http|silent/);
});

it('a network that answers everything with its sign-in page fails nothing, and sends no part into it', async () => {
  const path = setting.folder.video('portal.mp4', 21 * MIB);
  const rig = setting.rig({ limits: { partsInFlight: 2, transfers: 1 } });
  // The page comes when a part is already there.
  await setting.simulator.addFault({
    service: 'storage',
    skip: 1,
    times: 'always',
    action: faults.html(),
  });
  await setting.simulator.addFault({
    path: '/clips/upload/presign',
    skip: 1,
    times: 'always',
    action: faults.redirect('http://127.0.0.1:9/sign-in', 302),
  });
  rig.queue.start();
  const id = await rig.add(path);
  const asked = async () => (await setting.calls('presign')).length;
  await until('the page has come many times', async () => (await asked()) > 40);
  await until('one part is there', () => rig.store.parts(id).length === 1);
  await until('it says so', () => rig.upload(id).problem === 'not-json');
  expect(rig.upload(id).state).toBe('sending');
  // Once each that was on its way; what asks again and again is a small call.
  expect((await setting.puts()).length).toBeLessThanOrEqual(4);

  await setting.simulator.clearFaults();
  await rig.reaches(id, 'sent');
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it.each([
  ['a page', faults.html()],
  ['a redirect', faults.redirect('http://127.0.0.1:9/sign-in', 302)],
  ['a page that refuses', faults.html(403)],
  ['a status of its own', faults.html(511)],
  ['plain text', faults.respond(200, 'Welcome! Please sign in.')],
])('%s of a network in place of any answer does not end an upload', async (_, action) => {
  const path = setting.folder.video('in-between.mp4', 6 * MIB);
  for (const route of ['init', 'presign', 'complete']) {
    await setting.simulator.addFault({ path: `/clips/upload/${route}`, times: 20, action });
  }
  await setting.simulator.addFault({ path: '/clips/{id}', times: 20, action });
  await setting.simulator.addFault({ service: 'storage', times: 20, action });
  const rig = setting.rig();
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
  expect(await setting.simulator.danglingUploads()).toEqual([]);
});

it.each([
  ['307', 307],
  ['308', 308],
])(
  'storage that answers %s gets the part where it asks for it, without a key',
  async (_, status) => {
    const path = setting.folder.video(`moved-${status}.mp4`, 16 * MIB);
    const elsewhere = setting.simulator.storageUrl.replace('127.0.0.1', 'localhost');
    for (const partNumber of [1, 3]) {
      await setting.simulator.addFault({
        service: 'storage',
        partNumber,
        action: faults.redirect(`${elsewhere}{target}`, status),
      });
    }
    const rig = setting.rig();
    rig.queue.start();
    const id = await rig.add(path);
    await rig.reaches(id, 'sent');
    expect(await setting.storedHash(rig, id)).toBe(sha256(path));
    expect(rig.happened('waited')).toEqual([]);
    expect((await setting.puts()).length).toBe(6);
    expect(await setting.simulator.keyLeaks()).toEqual([]);
  },
);

it('storage that sends a part in a circle gets it twice, and again only after a wait', async () => {
  const path = setting.folder.video('circle.mp4', MIB);
  await setting.simulator.addFault({
    service: 'storage',
    times: 4,
    action: faults.redirect(`${setting.simulator.storageUrl}{target}`),
  });
  const rig = setting.rig();
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect((await setting.puts()).length).toBe(5);
  expect(rig.happened('waited')).toMatchObject([{ problem: 'not-json' }, { problem: 'not-json' }]);
});
