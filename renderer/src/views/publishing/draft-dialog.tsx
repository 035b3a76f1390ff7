import { useState } from 'react';
import type { AspectRatio } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { displayText } from '../../components/display-text';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';
import type { PostSubject } from '../../state/window-state';
import { AspectChoice } from './aspect-choice';
import { PostNoteText } from './post-note-text';
import { PostResult } from './post-result';
import { usePost } from './use-post';

/** Asks before a draft is made of a finished render. */
export function DraftDialog({ subject, onClose }: { subject: PostSubject; onClose: () => void }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const { accountId, clipId, candidateId, title } = subject;
  const serviceId = useAppState((state) => state.accounts[accountId]?.service ?? null);
  const service = useServiceName(serviceId);
  const [aspectRatio, setAspectRatio] = useState<AspectRatio | null>(null);
  const post = usePost(subject);
  const isOver = post.outcome !== null && post.outcome.outcome !== 'refused';
  return (
    <Dialog title={t.text('draft.title', { service })} onClose={onClose}>
      <p className="dialog-text">
        <bdi>{displayText(title)}</bdi>
      </p>
      {!isOver && (
        <>
          <p className="dialog-text">{t.text('draft.text', { service })}</p>
          {candidateId === null && (
            <p className="dialog-text">{t.text('publish.anyRender', { service })}</p>
          )}
          {post.before && <PostNoteText {...subject} />}
          <AspectChoice value={aspectRatio} onChange={setAspectRatio} />
        </>
      )}
      {post.outcome && <PostResult mode="draft" outcome={post.outcome} serviceId={serviceId} />}
      <DialogButtons>
        <Button autoFocus onPress={onClose}>
          {t.text(isOver ? 'common.close' : 'common.cancel')}
        </Button>
        {!isOver && (
          <Button
            variant="primary"
            isPending={post.isPending}
            onPress={() =>
              void post.send('draft', () =>
                actions.run('post.createDraft', { accountId, clipId, candidateId, aspectRatio }),
              )
            }
          >
            {t.text('draft.confirm')}
          </Button>
        )}
      </DialogButtons>
    </Dialog>
  );
}
