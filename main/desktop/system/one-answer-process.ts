import { utilityProcess } from 'electron';

/**
 * Runs a program of ours in a process of its own, which gets the request as its one message, and ends as
 * soon as it has answered. Rejects when it ends without an answer. Not `child_process`: the packaged app
 * may not be run as Node, and such a child would keep Chromium's sockets open.
 */
export async function answerOfProcess<T>(path: string, request: unknown): Promise<T> {
  const child = utilityProcess.fork(path, [], { stdio: 'ignore' });
  return new Promise((resolve, reject) => {
    child.once('message', (answer: T) => {
      child.kill();
      resolve(answer);
    });
    // Its second argument is a report of the whole process, which may contain the request.
    child.once('error', () => reject(new Error('the process failed')));
    child.once('exit', (code) => reject(new Error(`the process ended with code ${code}`)));
    child.postMessage(request);
  });
}
