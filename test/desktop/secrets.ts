import { runProgram } from './programs';
import type { VirtualDesktop } from './virtual-desktop';

/**
 * Looks up a secret in the desktop's keyring with a program that is not ours. @param attributes
 * Such as `{ service: 'Cliptray', account: '1' }`. @returns The secret, or undefined if there is
 * none.
 */
export async function lookupSecret(
  desktop: VirtualDesktop,
  attributes: Record<string, string>,
): Promise<string | undefined> {
  const result = await runProgram(desktop, 'secret-tool', ['lookup', ...flat(attributes)]);
  if (result.code !== 0 && result.stderr !== '') throw new Error(result.stderr);
  return result.code === 0 ? result.stdout : undefined;
}

function flat(attributes: Record<string, string>): string[] {
  return Object.entries(attributes).flat();
}
