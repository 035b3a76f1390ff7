import { type KeyboardEvent, type SyntheticEvent, useEffect, useRef } from 'react';
import type { ClipLine } from '../../../../preload/contract';
import { BalanceLink } from '../../components/balance-link';
import { displayText } from '../../components/display-text';
import { Quote } from '../../components/quote';
import { useAppState, useServiceName, useTranslator } from '../../state/context';
import { ClipButtons } from '../clips/clip-buttons';
import { WholeResult } from '../results/whole-result';
import { LogButton, UploadNotes } from '../uploads/upload-notes';
import { CandidateList } from './candidate-list';
import { OtherRenders } from './other-renders';

// A click on the row collapses it. In here people read, select text and press other buttons.
const keepHere = (event: SyntheticEvent) => event.stopPropagation();
const keepEnterHere = (event: KeyboardEvent) => {
  if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
};

/** A title longer than this may be cut in its row, so it is shown in full here. */
const LONG_LENGTH = 60;

/** Everything known about a line, and its renders. */
export function LineDetail({ line }: { line: ClipLine }) {
  const t = useTranslator();
  const account = useAppState((state) => state.accounts[line.accountId]);
  const service = useServiceName(account?.service);
  const { upload } = line;
  const ref = useRef<HTMLDivElement>(null);
  // On a row at the bottom of the list it would otherwise open out of view.
  useEffect(() => ref.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only stops events from reaching the row around it.
    <div
      ref={ref}
      className="line-detail"
      onPointerDown={keepHere}
      onMouseDown={keepHere}
      onClick={keepHere}
      onKeyDown={keepEnterHere}
    >
      {line.title.length > LONG_LENGTH && (
        <p className="detail-title">
          <bdi>{displayText(line.title)}</bdi>
        </p>
      )}
      {upload && <UploadNotes upload={upload} service={service} />}
      {line.stage === 'gone' && (
        <p className="detail-problem">{t.text('line.gone', { service })}</p>
      )}
      {line.outOfBalance && (
        <p className="detail-problem">
          {t.text('line.outOfBalance.help', { service })}{' '}
          <BalanceLink serviceId={account?.service ?? null} />
        </p>
      )}
      {upload?.remoteText && <Quote service={account?.service ?? null}>{upload.remoteText}</Quote>}
      {line.failure && <Quote service={account?.service ?? null}>{line.failure}</Quote>}
      <WholeResult line={line} />
      <CandidateList line={line} />
      <OtherRenders line={line} />
      <dl className="facts">
        <div>
          <dt>{t.text('line.account')}</dt>
          <dd>
            <bdi>
              {account
                ? t.text('line.accountAt', { name: account.name, service })
                : t.text('line.accountGone')}
            </bdi>
          </dd>
        </div>
        <div>
          <dt>{t.text('line.started')}</dt>
          <dd>{t.time(line.startedAtMs, Date.now())}</dd>
        </div>
        {upload && (
          <div>
            <dt>{t.text('line.size')}</dt>
            <dd>{t.size(upload.sizeBytes)}</dd>
          </div>
        )}
        {line.remoteStatus !== null && (
          <div>
            <dt>{t.text('line.status')}</dt>
            <dd>
              <bdi>{t.text('line.quote', { text: line.remoteStatus })}</bdi>
            </dd>
          </div>
        )}
      </dl>
      <div className="detail-buttons">
        <ClipButtons line={line} />
        {upload && <LogButton line={line} upload={upload} />}
      </div>
    </div>
  );
}
