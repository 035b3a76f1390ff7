import http from 'node:http';
import { settle } from '../settle';
import type { World } from '../world';
import { machineCommands } from './machine';
import { objectCommands } from './objects';

/** Every command: its name is the path to POST to, its input the JSON body. */
function commandsOf(world: World) {
  return { ...machineCommands(world), ...objectCommands(world) };
}

export type Commands = ReturnType<typeof commandsOf>;

/** `POST /<command>` with JSON in and out; `GET /` lists the commands. Errors are 400 `{error}`. */
export function controlServer(world: World): http.Server {
  const commands = commandsOf(world) as Record<string, (input: unknown) => unknown>;
  return http.createServer(async (req, res) => {
    const answer = (status: number, body: unknown) => {
      res.writeHead(status, { 'Content-Type': 'application/json' });
      res.end(JSON.stringify(body ?? null));
    };
    try {
      const name = new URL(req.url ?? '/', 'http://control').pathname.slice(1);
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk as Buffer);
      if (req.method === 'GET' && name === '') {
        return answer(200, { commands: Object.keys(commands), addresses: world.addresses });
      }
      const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
      if (!command) return answer(404, { error: `there is no command ${name}` });
      const text = Buffer.concat(chunks).toString('utf8');
      settle(world);
      const output = await command(text ? JSON.parse(text) : {});
      // What the command caused (by moving the clock, say) has happened before the caller goes on.
      settle(world);
      answer(200, output);
    } catch (error) {
      answer(400, { error: error instanceof Error ? error.message : String(error) });
    }
  });
}
