import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A task of the third service. */
export interface Task {
  ref: string;
  name: string;
  state: 'open' | 'busy' | 'finished' | 'broken';
}

/**
 * A service that exists only in the tests and works in its own way: tasks with other words for
 * everything, and a list that shows those that have not ended.
 */
export async function startThirdService(key: string) {
  const tasks = new Map<string, Task>();
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.headers['x-api-key'] !== key) return answer(401, { error: 'who are you' });
    const path = request.url ?? '';
    if (path === '/account') return answer(200, { owner: 'Third Films' });
    if (path === '/tasks/current') {
      const current = [...tasks.values()].filter(({ state }) => ['open', 'busy'].includes(state));
      return answer(200, { tasks: current });
    }
    const task = tasks.get(path.replace('/tasks/', ''));
    return task ? answer(200, task) : answer(404, { error: 'no such task' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    put: (task: Task) => void tasks.set(task.ref, task),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
