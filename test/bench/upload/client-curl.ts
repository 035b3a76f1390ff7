import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureUpload } from './client';

const CONNECTIONS = 8;

/** The upper limit of the link: curl, which neither splits nor hashes, with eight connections. */
await measureUpload(async ({ partPaths, targetUrl, folder }) => {
  const config = join(folder, 'curl.config');
  const transfers = partPaths.map(
    (path, index) =>
      `upload-file = "${path}"\nurl = "${targetUrl}/key?partNumber=${index + 1}"\noutput = /dev/null`,
  );
  // Without the empty header curl waits for a "100 Continue" before each part.
  const common = `parallel\nparallel-max = ${CONNECTIONS}\nheader = "Expect:"\nfail-early\nfail\n`;
  writeFileSync(config, `silent\nshow-error\n${common}${transfers.join('\n')}\n`);
  return async () => {
    const child = spawn('curl', ['--config', config], { stdio: ['ignore', 'ignore', 'pipe'] });
    process.once('exit', () => child.kill('SIGKILL'));
    // Parallel transfers draw a progress meter that cannot be turned off.
    child.stderr.resume();
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`curl ended with ${code}`);
  };
}, 'child processes');
