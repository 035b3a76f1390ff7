import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

// A worker can run TypeScript only after tsx was registered in it.
// https://tsx.is/dev-api/register-esm
const PROGRAM = `
const { workerData } = require('node:worker_threads');
import('tsx/esm/api').then(({ register }) => {
  register();
  return import(workerData.file);
});
`;

/** Starts a program of `main/compose/workers` from its source. */
export function startWorker(name: 'hash-parts' | 'send-parts'): Worker {
  const file = fileURLToPath(new URL(`../../../main/compose/workers/${name}.ts`, import.meta.url));
  return new Worker(PROGRAM, { eval: true, workerData: { file, userAgent: 'cliptray-test' } });
}
