import type { SessionTokens } from '../accounts/session-tokens';
import type { Handlers } from './handlers';

/** The verb about session tokens, which open live channels. */
export function createSessionTokenCommands(tokens: Pick<SessionTokens, 'setSessionToken'>) {
  return {
    async 'account.setSessionToken'({ accountId, token }) {
      return { outcome: await tokens.setSessionToken(accountId, token) };
    },
  } satisfies Partial<Handlers>;
}
