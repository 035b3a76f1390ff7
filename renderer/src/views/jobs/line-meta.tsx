import { Fragment, type ReactNode } from 'react';
import type { Line } from '../../../../preload/contract';
import { useAppState, useServiceName, useTranslator } from '../../state/context';
import { toneOf } from './stage-icon';

/** Stage and what matters at it, in words, on one line. */
export function LineMeta({ line }: { line: Line }) {
  const t = useTranslator();
  const account = useAppState((state) => state.accounts[line.accountId]);
  const service = useServiceName(account?.service);
  const { upload } = line;

  const stage =
    line.stage === 'unknown' && line.remoteStatus !== null
      ? t.text('line.unknownStatus', { word: line.remoteStatus })
      : line.stage === 'uploading' && upload?.state === 'finishing'
        ? t.text('line.finishing')
        : t.text(`stage.${line.stage}`);

  const parts: ReactNode[] = [
    <span key="stage" className="line-stage" data-tone={toneOf(line.stage)}>
      {stage}
    </span>,
  ];
  if (upload && upload.state !== 'sent' && upload.state !== 'cancelled') {
    parts.push(
      upload.state === 'queued'
        ? t.size(upload.sizeBytes)
        : t.text('line.sent', { sent: t.size(upload.sentBytes), size: t.size(upload.sizeBytes) }),
    );
  }
  if (upload?.state === 'sending') {
    if (upload.bytesPerSecond !== null) {
      parts.push(t.text('line.speed', { size: t.size(upload.bytesPerSecond) }));
    }
    if (upload.timeLeftMs !== null) {
      parts.push(t.text('line.timeLeft', { duration: t.duration(upload.timeLeftMs) }));
    }
  }
  if (upload?.problem) parts.push(t.text(`problem.${upload.problem}`, { service }));
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
    <p className="line-meta">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their place.
        <Fragment key={index}>
          {index > 0 && <span className="dot"> · </span>}
          {part}
        </Fragment>
      ))}
    </p>
  );
}
