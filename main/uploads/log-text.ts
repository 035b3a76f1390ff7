import type { UploadEvent, UploadLog, UploadStep } from '../domain/upload';

const STEPS: Record<UploadStep, string> = {
  opening: 'opening the upload',
  signing: 'signing the next parts',
  part: 'sending',
  completing: 'completing the upload',
  'giving-up': 'discarding what was sent',
  file: 'the file',
};

/**
 * A file's name may contain line breaks and characters that change the writing direction, which could
 * fake lines of the log.
 */
function oneLine(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
}

function words(code: string): string {
  return code.replaceAll('-', ' ');
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function eventText(event: UploadEvent): string {
  switch (event.kind) {
    case 'added':
      return 'Added to the queue';
    case 'opened':
      return `Opened at the service: ${count(event.partCount, 'part', 'parts')} of up to ${event.partSizeBytes} bytes`;
    case 'started':
      return `Began to send: ${count(event.missingParts, 'part', 'parts')} to go`;
    case 'waited': {
      const about = event.partNumber === null ? STEPS[event.step] : `part ${event.partNumber}`;
      return `Waited ${event.waitMs} ms, ${about}: ${words(event.problem)}`;
    }
    case 'signed-again':
      return `Part ${event.partNumber} was signed again: its address was refused`;
    case 'paused':
      return 'Paused';
    case 'resumed':
      return 'Resumed';
    case 'retried':
      return 'Tried again';
    case 'started-over':
      return 'Started over from the beginning of the file';
    case 'compared':
      return `The time of the file had changed: ${count(event.keptParts, 'sent part', 'sent parts')} compared equal, ${event.changedParts} had to be sent again`;
    case 'grown':
      return 'The file has grown since it was added: it is sent as it is now';
    case 'changed-since':
      return 'The file was changed after it had been sent';
    case 'cancelled':
      return 'Cancelled';
    case 'given-up':
      return 'The service confirmed that what was sent is discarded';
    case 'expired':
      return 'Expired: it was paused or failed for too long';
    case 'completing':
      return `Asked the service to put ${count(event.partCount, 'part', 'parts')} together`;
    case 'sent':
      return 'Sent: the service has the whole file';
    case 'checksum':
      return `SHA-256 of the file: ${event.sha256Hex}`;
    case 'failed':
      return `Failed: ${words(event.problem)}`;
  }
}

/** An upload's log as plain text, one line for each fact. Times are in UTC. */
export function formatUploadLog(log: UploadLog): string {
  return [
    `File: ${oneLine(log.fileName)}`,
    `Size: ${log.sizeBytes} bytes`,
    `Part size: ${log.partSizeBytes} bytes`,
    `Parts: ${log.partCount}`,
    `SHA-256: ${log.sha256Hex ?? 'not computed'}`,
    '',
    'What happened:',
    ...log.events.map(({ atMs, event }) => `${new Date(atMs).toISOString()} ${eventText(event)}`),
    '',
    'Parts that were sent:',
    ...log.parts.map(
      ({ partNumber, sizeBytes, sentAtMs, tookMs, tries, md5Hex }) =>
        `${new Date(sentAtMs).toISOString()} Part ${partNumber}: ${sizeBytes} bytes, ${count(
          tries,
          'try',
          'tries',
        )}, ${tookMs} ms, MD5 ${md5Hex}`,
    ),
    '',
  ].join('\n');
}
