import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PlainError } from './plain-error.mjs';
import { isAlive, startOf } from './processes.mjs';

/**
 * @typedef {'shared' | 'exclusive'} Mode Several may hold a lock shared; one alone holds it exclusively.
 *
 * @typedef {object} Claim A file in the lock's folder: somebody holds the lock, or waits for it.
 * @property {number} pid
 * @property {string} start See `startOf`.
 * @property {string} folder A copy of the lock's folder, in a copied checkout, is no claim.
 * @property {Mode} mode
 * @property {string} what Such as `npm run build`.
 * @property {boolean} endless Held until its user quits something: waiting for it makes no sense.
 * @property {number} sinceMs Milliseconds since the epoch.
 * @property {number} turn 0 while the claim is being made; then, the smaller one comes first.
 *
 * @typedef {object} Lock
 * @property {() => void} share Goes on holding it, shared with others.
 * @property {() => void} release
 */

/** How often it is looked whether the lock is free, in milliseconds. */
const pollMs = 100;

/** Locks that this process or one above it holds, by folder; a child of a holder holds it too. */
const variable = 'CLIPTRAY_LOCKS';

/**
 * Waits for a lock, and holds it until `release`, or until this process ends, however it ends: a claim of
 * a process that is gone counts for nothing and is removed. Says whom it waits for.
 *
 * Node has no flock. Instead each claim is a file of its own that only its process writes, and they take
 * turns by Lamport's bakery algorithm, which needs no operation on files that is atomic for several
 * processes but renaming. https://lamport.azurewebsites.net/pubs/bakery.pdf
 * @param {object} options
 * @param {string} options.folder Where the claims are; made if it is missing.
 * @param {string} options.of What is locked, for people: `out/`.
 * @param {Mode} options.mode
 * @param {string} options.what Who wants it, for people: `npm run build`.
 * @param {boolean} [options.endless] Held until its user quits something.
 * @param {(line: string) => void} [options.say]
 * @returns {Promise<Lock>} Throws a {@link PlainError} if somebody holds it for as long as they like.
 */
export async function lock({ folder, of, mode, what, endless = false, say = console.log }) {
  const id = resolve(folder);
  const above = heldAbove()[id];
  if (above !== undefined) return heldAlready(above, mode, of, what);
  const file = join(id, `${process.pid}-${randomBytes(4).toString('hex')}.json`);
  const start = startOf(process.pid) ?? '';
  /** @type {Claim} */
  let claim = {
    ...{ pid: process.pid, start, folder: id, mode, what, endless },
    ...{ sinceMs: Date.now(), turn: 0 },
  };
  /** @param {Partial<Claim>} changes */
  const write = (changes) => {
    claim = { ...claim, ...changes };
    writeFileSync(`${file}.new`, JSON.stringify(claim));
    renameSync(`${file}.new`, file);
  };
  const withdraw = () => {
    rmSync(file, { force: true });
    rmSync(`${file}.new`, { force: true });
  };
  process.once('exit', withdraw);
  const release = () => {
    process.off('exit', withdraw);
    withdraw();
    setHeld(id, undefined);
  };
  try {
    mkdirSync(id, { recursive: true });
    write({});
  } catch (error) {
    process.off('exit', withdraw);
    // Whoever may not write here cannot change what is locked either, and may still look at it.
    if (mode === 'shared' && isReadOnly(error)) return { share() {}, release() {} };
    throw error;
  }
  try {
    write({ turn: 1 + Math.max(0, ...claimsIn(id).map(({ turn }) => turn)) });
    for (let said = ''; ; ) {
      const before = claimsIn(id).filter(
        (other) => other.file !== file && goesFirst(other, claim, file),
      );
      if (before.length === 0) break;
      const named = before.filter(({ turn }) => turn > 0);
      const endlessOne = named.find((other) => other.endless);
      if (endlessOne) {
        throw new PlainError(
          `${of} is in use by ${describe(endlessOne)}. Quit that, then start this again.`,
        );
      }
      const text = named.map(describe).join(' and ');
      if (text !== '' && text !== said) say(`Waiting for ${of}: it is in use by ${text}.`);
      said = text || said;
      await delay(pollMs);
    }
  } catch (error) {
    release();
    throw error;
  }
  setHeld(id, mode);
  const share = () => {
    write({ mode: 'shared' });
    setHeld(id, 'shared');
  };
  return { share, release };
}

/**
 * Does some work while it holds a lock.
 * @template T
 * @param {Parameters<typeof lock>[0]} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function whileLocked(options, work) {
  const { release } = await lock(options);
  try {
    return await work();
  } finally {
    release();
  }
}

/** @param {unknown} error */
function isReadOnly(error) {
  return ['EACCES', 'EPERM', 'EROFS'].includes(/** @type {any} */ (error)?.code);
}

/**
 * Whether another claim has to be over before ours holds.
 * @param {Claim & { file: string }} other @param {Claim} own @param {string} ownFile
 */
function goesFirst(other, own, ownFile) {
  // It may be about to choose a turn before ours.
  if (other.turn === 0) return true;
  if (other.mode === 'shared' && own.mode === 'shared') return false;
  return other.turn < own.turn || (other.turn === own.turn && other.file < ownFile);
}

/**
 * The claims of processes that run. Removes the others.
 * @param {string} folder
 * @returns {(Claim & { file: string })[]}
 */
function claimsIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    if (!name.endsWith('.json')) {
      const pid = Number.parseInt(name, 10);
      if (startOf(pid) === undefined) rmSync(file, { force: true, recursive: true });
      return [];
    }
    const claim = readClaim(file);
    if (claim === undefined) return [];
    if (claim.folder === folder && isAlive(claim.pid, claim.start)) return [{ ...claim, file }];
    rmSync(file, { force: true });
    return [];
  });
}

/** @param {string} file @returns {Claim | undefined} Undefined: it has just been withdrawn, or is none. */
function readClaim(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {Claim} claim */
function describe({ what, pid, sinceMs }) {
  const time = new Date(sinceMs).toTimeString().slice(0, 5);
  return `${what} (process ${pid}, since ${time})`;
}

/** @returns {Record<string, Mode>} */
function heldAbove() {
  try {
    return JSON.parse(process.env[variable] ?? '{}');
  } catch {
    return {};
  }
}

/** @param {string} id @param {Mode | undefined} mode */
function setHeld(id, mode) {
  process.env[variable] = JSON.stringify({ ...heldAbove(), [id]: mode });
}

/** @param {Mode} above @param {Mode} mode @param {string} of @param {string} what @returns {Lock} */
function heldAlready(above, mode, of, what) {
  if (mode === 'exclusive' && above === 'shared') {
    throw new PlainError(
      `${what} would change ${of} under what started it. End that, then start it on its own.`,
    );
  }
  return { share() {}, release() {} };
}
