import { callKeytar, type KeychainAnswer, type KeychainCall } from '../../accounts/keytar-call';
import { reason } from '../../domain/logger';

const port = process.parentPort;
port.once('message', async ({ data }: { data: KeychainCall }) => {
  const answer: KeychainAnswer = await callKeytar(data).then(
    (secret) => ({ secret }),
    (error) => ({ failure: reason(error) }),
  );
  port.postMessage(answer);
});
