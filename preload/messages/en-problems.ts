/**
 * One sentence for each thing that can go wrong, and one for what to do about it (`….help`).
 * Only `key-refused` may say that the key is wrong.
 */
export const problemMessages = {
  'problem.key-refused': '{service} does not accept this key.',
  'problem.key-refused.help':
    'It may be mistyped, expired or revoked. Replace it with a current key from your {service} account.',
  'problem.key-missing': 'The key for this account is not here any more.',
  'problem.key-missing.help':
    'It was kept for one session only, or it was removed from where keys are kept. Your jobs stay listed. Enter the key again to go on.',
  'problem.keychain-silent': 'The place where keys are kept does not answer.',
  'problem.keychain-silent.help':
    'It may be locked. Unlock it: Cliptray tries again by itself, and nothing has to be entered again.',
  'problem.scope-missing': 'The key works, but it is not allowed to do this.',
  'problem.scope-missing.help':
    'Allow it at {service}, or use a key that has the permission. Everything else goes on as before.',
  'problem.plan-suspended': '{service} has suspended the plan of this account.',
  'problem.plan-suspended.help':
    'The key is fine. Once the plan is settled at {service}, watching goes on by itself.',
  'problem.no-credit': 'This account has no credit left.',
  'problem.no-credit.help':
    'The key is fine. Add credit at {service}; nothing has to be changed here.',
  'problem.not-found': '{service} does not know this any more.',
  'problem.not-found.help': 'It may have been deleted there.',
  'problem.conflict': 'This was changed at {service} in the meantime.',
  'problem.conflict.help': 'Nothing was done. Try again with what is there now.',
  'problem.rejected': '{service} did not accept the request.',
  'problem.rejected.help': 'Nothing was done. The log file has the details.',
  'problem.rate-limited': '{service} asks for fewer requests.',
  'problem.rate-limited.help': 'Nothing is lost. Cliptray waits and then goes on by itself.',
  'problem.service-fault': '{service} has a fault on its side.',
  'problem.service-fault.help': 'Nothing is lost. Cliptray tries again by itself.',
  'problem.not-json': 'A web page came back where data from {service} was expected.',
  'problem.not-json.help':
    'A proxy, or the sign-in page of your network, may stand in between. Cliptray tries again by itself.',
  'problem.malformed': 'The answer from {service} arrived damaged.',
  'problem.malformed.help': 'Nothing is lost. Cliptray tries again by itself.',
  'problem.unexpected-shape': 'The answer from {service} could not be understood.',
  'problem.unexpected-shape.help':
    'The service may have changed. The log file says which part was missing.',
  'problem.too-large': 'The answer from {service} was far too large, so it was dropped.',
  'problem.too-large.help': 'Nothing is lost. Cliptray tries again by itself.',
  'problem.unreachable': '{service} could not be reached.',
  'problem.unreachable.help': 'Check your network. Cliptray tries again by itself.',
  'problem.timed-out': '{service} did not answer in time.',
  'problem.timed-out.help': 'Nothing is lost. Cliptray tries again by itself.',
  'problem.cancelled': 'This was stopped before it was finished.',
  'problem.cancelled.help': 'You can try it again.',

  'problem.file-missing': 'The file is not there any more.',
  'problem.file-missing.help': 'Put it back in its place and try again.',
  'problem.file-unreadable': 'The file cannot be read.',
  'problem.file-unreadable.help': 'Check that you may read it, and that its disk is connected.',
  'problem.file-empty': 'The file is empty.',
  'problem.file-empty.help': 'Choose a file that has something in it.',
  'problem.file-not-video': 'This does not look like a video.',
  'problem.file-not-video.help': 'Only video files can be uploaded.',
  'problem.file-too-large': 'The file is too large for one upload.',
  'problem.file-too-large.help': 'Export it with a smaller size, or cut it in two.',
  'problem.file-changed': 'The file changed while it was being uploaded.',
  'problem.file-changed.help': 'The parts already sent no longer fit. Add the file again.',
  'problem.file-already-added': 'This file is already in the list.',
  'problem.file-already-added.help': 'It is not uploaded twice.',
  'problem.folder-without-videos': 'There is no video in this folder.',
  'problem.folder-without-videos.help': 'Folders inside of it were searched too.',
  'problem.folder-too-large': 'This folder holds too much to be added at once.',
  'problem.folder-too-large.help': 'Add the folders inside of it one by one.',
  'problem.no-account': 'No account here takes uploads.',
  'problem.no-account.help': 'Add an account at a service that does.',
  'problem.no-brand': 'No brand is chosen for this account.',
  'problem.no-brand.help': 'Choose under Accounts which brand uploads go to.',
  'problem.storage-refused': 'The storage of {service} did not take a part of the file.',
  'problem.storage-refused.help': 'The parts that arrived are kept. Try again to send the rest.',
  'problem.expired':
    'It rested for too long, so the parts already sent were discarded at {service}.',
  'problem.expired.help': 'Your file is untouched. Try again to send it from its beginning.',
  'problem.no-path': 'This did not come from a disk, so there is no file to read.',
  'problem.no-path.help': 'Save it as a file first, then drop the file.',
} as const satisfies Record<string, string>;
