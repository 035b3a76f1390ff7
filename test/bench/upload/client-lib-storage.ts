import { createReadStream } from 'node:fs';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { measureUpload } from './client';

/** AWS's own uploader with its defaults: four parts of 5 MiB at a time. */
await measureUpload(async ({ filePath, targetUrl }) => {
  const client = new S3Client({
    endpoint: targetUrl,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  return async () => {
    const Body = createReadStream(filePath);
    await new Upload({ client, params: { Bucket: 'bucket', Key: 'key', Body } }).done();
  };
});
