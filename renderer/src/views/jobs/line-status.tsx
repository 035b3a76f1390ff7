import { Fragment, type ReactNode } from 'react';
import type { ClipLine, UploadView } from '../../../../preload/contract';
import type { Translator } from '../../../../preload/messages';
import { useTimeLeft } from '../../hooks/use-clock';
import { useAppState, useServiceName, useTranslator } from '../../state/context';
import { roundTransferTimeLeft } from '../../state/time-left';
import { waitingForFile } from '../../state/upload-waits';
import { toneOf } from './stage-icon';
import { timeLeftText } from './time-left-text';

/** The stage of a line as text; an unknown status is quoted as the service writes it. */
function stageText(t: Translator, { stage, remoteStatus, upload }: ClipLine): string {
  if (stage === 'unknown' && remoteStatus !== null) {
    return t.text('line.unknownStatus', { word: remoteStatus });
  }
  if (stage === 'uploading' && upload?.state === 'finishing') return t.text('line.finishing');
  const waiting = upload && waitingForFile(upload);
  if (waiting) return t.text(waiting.title);
  return t.text(`stage.${stage}`);
}

/** How much of an upload is sent and, while it is being sent, its speed and time left. */
function uploadProgress(t: Translator, upload: UploadView): string[] {
  const { state, sentBytes, sizeBytes, bytesPerSecond, timeLeftMs } = upload;
  if (state === 'sent' || state === 'cancelled') return [];
  const facts = [
    state === 'queued' && sentBytes === 0
      ? t.size(sizeBytes)
      : t.text('line.sent', { sent: t.size(sentBytes), size: t.size(sizeBytes) }),
  ];
  if (state !== 'sending') return facts;
  if (bytesPerSecond !== null && bytesPerSecond > 0) {
    facts.push(t.text('line.speed', { size: t.size(bytesPerSecond) }));
  }
  if (timeLeftMs !== null) {
    const duration = t.duration(roundTransferTimeLeft(timeLeftMs));
    facts.push(t.text('line.timeLeft', { duration }));
  }
  return facts;
}

/** An upload's position in the queue, its progress, its problem, and until when it can be resumed. */
function uploadFacts(t: Translator, upload: UploadView, service: string): string[] {
  const facts: string[] = [];
  const waiting = waitingForFile(upload);
  if (waiting !== null) facts.push(t.text(waiting.help));
  else if (upload.state === 'queued' && upload.queuePosition !== null) {
    facts.push(t.text('queue.position', { place: upload.queuePosition + 1 }));
  }
  facts.push(...uploadProgress(t, upload));
  if (upload.problem && waiting === null)
    facts.push(t.text(`problem.${upload.problem}`, { service }));
  if (upload.keptUntilMs !== null) {
    facts.push(t.text('line.keptUntil', { day: t.day(upload.keptUntilMs, Date.now()) }));
  }
  return facts;
}

/** How many of the proposed parts are rendered, or how many there are to choose from; null without. */
function partsText(t: Translator, { stage, candidates }: ClipLine): string | null {
  const count = candidates.length;
  const doneCount = candidates.filter(({ render }) => render?.phase === 'done').length;
  if (doneCount > 0) return t.text('line.rendersDone', { done: doneCount, total: count });
  return count > 0 && stage === 'ready' ? t.text('line.candidates', { count }) : null;
}

/** The stage of a line and the facts that matter at it, on one line of text. */
export function LineStatus({ line }: { line: ClipLine }) {
  const t = useTranslator();
  const account = useAppState((state) => state.accounts[line.accountId]);
  const service = useServiceName(account?.service);
  const { upload } = line;
  const leftMs = useTimeLeft(line.active ? line.likelyEndAtMs : null);
  // Only a file that is gone needs somebody.
  const isMissing = upload?.problem === 'file-missing' && waitingForFile(upload) !== null;
  const tone = isMissing ? 'attention' : toneOf(line.stage);

  const facts: ReactNode[] = [
    <span key="stage" className="line-stage" data-tone={tone}>
      {stageText(t, line)}
    </span>,
  ];
  if (leftMs !== null) facts.push(timeLeftText(t, leftMs));
  if (upload) facts.push(...uploadFacts(t, upload, service));
  if (line.stage === 'failed' && line.outOfBalance) facts.push(t.text('line.outOfBalance'));
  else if (line.stage === 'failed' && line.failure) {
    facts.push(<bdi key="failure">{t.text('line.quote', { text: line.failure })}</bdi>);
  }
  const parts = partsText(t, line);
  if (parts !== null) facts.push(parts);
  facts.push(<bdi key="account">{account?.name ?? t.text('line.accountGone')}</bdi>);

  return (
    <p className="line-status">
      {facts.map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the facts have no identity but their position.
        <Fragment key={index}>
          {index > 0 && <span className="dot"> · </span>}
          {fact}
        </Fragment>
      ))}
    </p>
  );
}
