import { plainly } from '../../scripts/lib/plain-error.mjs';
import { autopostingService } from './autoposting/service';
import { clippingService } from './clipping/service';
import { controlServer } from './control/server';
import { type Options, parseOptions, usage } from './options';
import { storageService } from './storage/storage';
import { listen, serviceServer } from './wire/server';
import { World } from './world';

async function start(options: Options): Promise<void> {
  const world = new World({ ...options, mode: options.clock });

  const end = () => {
    world.store.removeFolder();
    process.exit(0);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (options.exitWithParent) {
    process.stdin.resume();
    process.stdin.on('end', end);
    process.stdin.on('error', end);
  }

  const port = (index: number) => (options.port === 0 ? 0 : options.port + index);
  const autoposting = serviceServer(world, 'autoposting', autopostingService);
  const clipping = serviceServer(world, 'clipping', clippingService);
  world.realtime.attach(clipping);
  world.addresses = {
    autopostingUrl: `${await listen(autoposting, port(0))}/api-proxy`,
    clippingUrl: await listen(clipping, port(1)),
    storageUrl: await listen(serviceServer(world, 'storage', storageService), port(2)),
    controlUrl: await listen(controlServer(world), port(3)),
  };
  announce(world, options);
}

function announce(world: World, options: Options): void {
  const { addresses, firstKeys } = world;
  const lines = [
    JSON.stringify({ ready: true, ...addresses, keys: firstKeys }),
    '',
    `Autoposting  ${addresses.autopostingUrl}`,
    `  key        ${firstKeys.autoposting}`,
    `Clipping     ${addresses.clippingUrl}`,
    `  key        ${firstKeys.clipping}`,
    `Storage      ${addresses.storageUrl}`,
    `Control      ${addresses.controlUrl}`,
    `Clock        ${options.clock}, speed ${options.speed}; ids from seed ${world.seed}`,
  ];
  // A starter may close the pipe once it has read what it needed; that is no reason to end.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function main(args: string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) console.log(usage);
  else await start(parseOptions(args));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const plain = plainly(error);
  console.error(plain?.text ?? error);
  process.exit(plain?.code ?? 1);
});
