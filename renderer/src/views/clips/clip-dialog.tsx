import { useEffect, useState } from 'react';
import type { RenderOutcome } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { displayText } from '../../components/display-text';
import { FormNotice } from '../../components/form-notice';
import { Quote } from '../../components/quote';
import { ReadFailureNotice } from '../../components/read-failure';
import { Spinner } from '../../components/spinner';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';
import type { DialogRequest } from '../../state/window-state';
import { OtherRenders } from '../jobs/other-renders';
import { WholeResult } from '../results/whole-result';
import { ClipActions } from './clip-actions';
import { ClipFacts } from './clip-facts';
import { ClipParts } from './clip-parts';
import { withOtherRenders } from './clip-renders';
import { RenderForm } from './render-form';
import { useClip, useClipLine } from './use-clip';

interface ClipDialogProps {
  request: Extract<DialogRequest, { kind: 'clip' }>;
  onClose: () => void;
}

/** Starts watching the clip, so that its renders are read too and it gets a line if it has none. */
function useFollowed(accountId: string, clipId: string) {
  const { actions } = useCliptray();
  useEffect(() => {
    void actions.run('clip.open', { accountId, clipId });
  }, [actions, accountId, clipId]);
}

/** A clip as its service has it: its parts with their scores, and their renders. */
export function ClipDialog({ request, onClose }: ClipDialogProps) {
  const t = useTranslator();
  const { accountId, clipId } = request;
  const ref = { accountId, clipId };
  const { window: windowState } = useCliptray();
  const serviceId = useAppState((state) => state.accounts[accountId]?.service ?? null);
  const service = useServiceName(serviceId);
  const line = useClipLine(ref);
  useFollowed(accountId, clipId);
  const { clip, failure, isReading, read } = useClip(ref);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isEdited, setIsEdited] = useState(false);

  const onRendered = (outcomes: RenderOutcome[]) => {
    const changed = outcomes.some((one) => one.outcome === 'refused' && one.problem === 'conflict');
    setIsEdited(changed);
    // Parts whose render did not start stay chosen, for another try with the clip as it is now.
    setChosen((before) => {
      const ids = [...before];
      return new Set(ids.filter((_, index) => outcomes[index]?.outcome !== 'started'));
    });
    if (changed) void read();
  };

  return (
    <Dialog title={displayText(clip?.title ?? request.title)} size="wide" onClose={onClose}>
      {clip === null && isReading && (
        <p className="dialog-loading" role="status">
          <Spinner />
          {t.text('clip.loading', { service })}
        </p>
      )}
      {failure && (
        <ReadFailureNotice failure={failure} serviceId={serviceId} onTryAgain={() => void read()} />
      )}
      {clip && (
        <>
          <ClipFacts clip={clip} />
          {clip.failure && <Quote service={serviceId}>{clip.failure}</Quote>}
          <ClipActions clip={clip} clipRef={ref} line={line} title={clip.title ?? request.title} />
          {isEdited && (
            <FormNotice tone="attention" isAlert>
              <strong>{t.text('clip.edited', { service })}</strong>
              <p>{t.text('clip.edited.text')}</p>
            </FormNotice>
          )}
          {line && <WholeResult line={line} />}
          <ClipParts clip={clip} clipRef={ref} line={line} chosen={chosen} onChoose={setChosen} />
          {line && <OtherRenders line={withOtherRenders(line, clip)} />}
          <RenderForm
            clip={clip}
            clipRef={ref}
            line={line}
            chosen={chosen}
            onRendered={onRendered}
          />
        </>
      )}
      <DialogButtons>
        {request.isFromList && (
          <Button onPress={() => windowState.patch({ dialog: { kind: 'all-clips', accountId } })}>
            {t.text('clip.backToList')}
          </Button>
        )}
        <Button autoFocus onPress={onClose}>
          {t.text('common.close')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
