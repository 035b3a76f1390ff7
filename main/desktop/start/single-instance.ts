import { app } from 'electron';

/**
 * Takes the lock that only one instance of the app can hold. False when another instance holds it;
 * that one is then told of this start, and does what it asks for.
 */
export function takeSingleInstanceLock(): boolean {
  return app.requestSingleInstanceLock();
}
