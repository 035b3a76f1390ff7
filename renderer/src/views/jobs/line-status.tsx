import { Fragment, type ReactNode } from 'react';
import type { ClipLine } from '../../../../preload/contract';
import { useTimeLeft } from '../../hooks/use-clock';
import { useAppState, useServiceName, useTranslator } from '../../state/context';
import { roundTransferTimeLeft } from '../../state/time-left';
import { waitsForFile } from '../../state/waits-for-file';
import { toneOf } from './stage-icon';
import { timeLeftText } from './time-left-text';

/** The stage of a line and the facts that matter at it, on one line of text. */
export function LineStatus({ line }: { line: ClipLine }) {
  const t = useTranslator();
  const account = useAppState((state) => state.accounts[line.accountId]);
  const service = useServiceName(account?.service);
  const { upload } = line;
  const leftMs = useTimeLeft(line.active ? line.likelyEndAtMs : null);
  const isWaiting = upload !== null && waitsForFile(upload);

  const stage =
    line.stage === 'unknown' && line.remoteStatus !== null
      ? t.text('line.unknownStatus', { word: line.remoteStatus })
      : line.stage === 'uploading' && upload?.state === 'finishing'
        ? t.text('line.finishing')
        : isWaiting
          ? t.text('line.waitsForFile')
          : t.text(`stage.${line.stage}`);

  const parts: ReactNode[] = [
    <span
      key="stage"
      className="line-stage"
      data-tone={isWaiting ? 'attention' : toneOf(line.stage)}
    >
      {stage}
    </span>,
  ];
  if (leftMs !== null) parts.push(timeLeftText(t, leftMs));
  if (isWaiting) parts.push(t.text('line.waitsForFile.help'));
  else if (upload?.state === 'queued' && upload.queuePosition !== null) {
    parts.push(t.text('queue.position', { place: upload.queuePosition + 1 }));
  }
  if (upload && upload.state !== 'sent' && upload.state !== 'cancelled') {
    parts.push(
      upload.state === 'queued' && upload.sentBytes === 0
        ? t.size(upload.sizeBytes)
        : t.text('line.sent', { sent: t.size(upload.sentBytes), size: t.size(upload.sizeBytes) }),
    );
  }
  if (upload?.state === 'sending') {
    if (upload.bytesPerSecond !== null && upload.bytesPerSecond > 0) {
      parts.push(t.text('line.speed', { size: t.size(upload.bytesPerSecond) }));
    }
    if (upload.timeLeftMs !== null) {
      parts.push(
        t.text('line.timeLeft', { duration: t.duration(roundTransferTimeLeft(upload.timeLeftMs)) }),
      );
    }
  }
  if (upload?.problem && !isWaiting) {
    parts.push(t.text(`problem.${upload.problem}`, { service }));
  }
  const untilMs = upload?.keptUntilMs ?? null;
  if (untilMs !== null) {
    parts.push(t.text('line.keptUntil', { day: t.day(untilMs, Date.now()) }));
  }
  if (line.stage === 'failed' && line.failure) {
    parts.push(<bdi key="failure">{t.text('line.quote', { text: line.failure })}</bdi>);
  }
  if (line.candidates.length > 0) {
    const doneCount = line.candidates.filter((each) => each.render?.phase === 'done').length;
    const count = line.candidates.length;
    if (doneCount > 0) parts.push(t.text('line.rendersDone', { done: doneCount, total: count }));
    else if (line.stage === 'ready') parts.push(t.text('line.candidates', { count }));
  }
  parts.push(<bdi key="account">{account?.name ?? t.text('line.accountGone')}</bdi>);

  return (
    <p className="line-status">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their position.
        <Fragment key={index}>
          {index > 0 && <span className="dot"> · </span>}
          {part}
        </Fragment>
      ))}
    </p>
  );
}
