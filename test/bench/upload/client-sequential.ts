import { open } from 'node:fs/promises';
import { measureUpload } from './client';

const PART_BYTES = 16 * 1024 * 1024;

/** What the vendor's client does: one part after another, each read whole and given to fetch. */
await measureUpload(async ({ filePath, sizeBytes, targetUrl }) => async () => {
  const file = await open(filePath);
  for (let at = 0, partNumber = 1; at < sizeBytes; at += PART_BYTES, partNumber += 1) {
    const part = Buffer.alloc(Math.min(PART_BYTES, sizeBytes - at));
    const { bytesRead } = await file.read(part, 0, part.length, at);
    if (bytesRead !== part.length) throw new Error('the file is too short');
    const answer = await fetch(`${targetUrl}/key?partNumber=${partNumber}`, {
      method: 'PUT',
      body: part,
    });
    await answer.arrayBuffer();
    if (!answer.ok || !answer.headers.get('etag')) throw new Error(`answer ${answer.status}`);
  }
  await file.close();
});
