import { ChevronRight } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { ClipRecord } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { displayText } from '../../components/display-text';
import { ReadFailureNotice } from '../../components/read-failure';
import { Spinner } from '../../components/spinner';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';
import { useClipPages } from './use-clip-pages';

function ClipOption({ clip, onOpen }: { clip: ClipRecord; onOpen: () => void }) {
  const t = useTranslator();
  const facts = [
    t.text('line.quote', { text: clip.remoteStatus }),
    clip.createdAtMs === null ? null : t.time(clip.createdAtMs, Date.now()),
    clip.durationMs === null ? null : t.duration(clip.durationMs),
    clip.candidates ? t.text('line.candidates', { count: clip.candidates.length }) : null,
  ].filter((fact) => fact !== null);
  return (
    <li>
      <AriaButton className="option" onPress={onOpen}>
        <span className="option-text">
          <bdi className="option-name">{displayText(clip.title ?? clip.id)}</bdi>
          <bdi className="option-help">{facts.join(' · ')}</bdi>
        </span>
        <ChevronRight size={15} aria-hidden />
      </AriaButton>
    </li>
  );
}

/** Every clip of an account, page by page, including those too old for the list of jobs. */
export function AllClipsDialog({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const t = useTranslator();
  const { window: windowState } = useCliptray();
  const account = useAppState((state) => state.accounts[accountId]);
  const serviceId = account?.service ?? null;
  const service = useServiceName(serviceId);
  const { clips, totalCount, next, isReading, failure, read } = useClipPages(accountId);
  const isFirst = next === undefined;
  return (
    <Dialog
      title={t.text('clips.title', { name: account?.name ?? service })}
      size="wide"
      onClose={onClose}
    >
      {!isFirst && (
        <p className="dialog-text" role="status">
          {totalCount === null
            ? t.text('clips.count', { count: clips.length })
            : t.text('clips.countOf', { count: clips.length, total: totalCount })}
        </p>
      )}
      <ul className="options" aria-label={t.text('clips.list')}>
        {clips.map((clip) => (
          <ClipOption
            key={clip.id}
            clip={clip}
            onOpen={() =>
              windowState.patch({
                dialog: {
                  kind: 'clip',
                  accountId,
                  clipId: clip.id,
                  title: clip.title ?? clip.id,
                  isFromList: true,
                },
              })
            }
          />
        ))}
      </ul>
      {isReading && (
        <p className="dialog-loading" role="status">
          <Spinner />
          {t.text('clip.loading', { service })}
        </p>
      )}
      {failure && (
        <ReadFailureNotice
          failure={failure}
          serviceId={serviceId}
          onTryAgain={() => void read(next ?? null)}
        />
      )}
      <DialogButtons>
        {next && !failure && (
          <Button isPending={isReading} onPress={() => void read(next)}>
            {t.text('clips.more')}
          </Button>
        )}
        <Button autoFocus onPress={onClose}>
          {t.text('common.close')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
