import { useState } from 'react';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { displayText } from '../../components/display-text';
import { Spinner } from '../../components/spinner';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';
import {
  EMPTY_DRAFT,
  offeredBrand,
  type PublishDraft,
  scheduledTime,
  typedPlatforms,
} from '../../state/publish-draft';
import type { PostSubject } from '../../state/window-state';
import { PostNoteText } from './post-note-text';
import { PostResult } from './post-result';
import { PublishForm } from './publish-form';
import { PublishSummary } from './publish-summary';
import { useBrands } from './use-brands';
import { usePost } from './use-post';

/** Publishes a finished render: asks for the details, says what will happen, and only then sends. */
export function PublishDialog({ subject, onClose }: { subject: PostSubject; onClose: () => void }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const { accountId, clipId, candidateId, title } = subject;
  const serviceId = useAppState((state) => state.accounts[accountId]?.service ?? null);
  const service = useServiceName(serviceId);
  const { brands, clipBrand, isReading } = useBrands(subject);
  const post = usePost(subject);
  const [draft, setDraft] = useState<PublishDraft>(EMPTY_DRAFT);
  const [isConfirming, setIsConfirming] = useState(false);
  const [timeProblem, setTimeProblem] = useState<'missing' | 'past' | null>(null);

  const { mode } = draft;
  const brand = offeredBrand(brands, draft.brandSlug, clipBrand);
  const hasPlatformList = (brand?.platforms?.length ?? 0) > 0;
  const platforms = hasPlatformList ? [...draft.platforms] : typedPlatforms(draft.platformText);
  const time = mode === 'schedule' ? scheduledTime(draft.scheduledAt, Date.now()) : null;
  const scheduledAtMs = time && 'atMs' in time ? time.atMs : null;
  const isOver = post.outcome !== null && post.outcome.outcome !== 'refused';

  const goOn = () => {
    const problem = time && 'problem' in time ? time.problem : null;
    setTimeProblem(problem);
    post.forget();
    setIsConfirming(problem === null);
  };
  const send = () =>
    void post.send(mode, () =>
      actions.run('post.publish', {
        accountId,
        clipId,
        mode,
        candidateId,
        platforms,
        text: draft.text.trim() === '' ? null : draft.text.trim(),
        brandSlug: draft.brandSlug,
        scheduledAtMs,
        aspectRatio: draft.aspectRatio,
      }),
    );

  return (
    <Dialog title={t.text('publish.title', { service })} size="wide" onClose={onClose}>
      <p className="dialog-text">
        <bdi>{displayText(title)}</bdi>
      </p>
      {isReading ? (
        <p className="dialog-loading" role="status">
          <Spinner />
          {t.text('publish.loading', { service })}
        </p>
      ) : isOver ? null : isConfirming ? (
        <PublishSummary
          draft={draft}
          brand={brand}
          platforms={platforms}
          scheduledAtMs={scheduledAtMs}
          service={service}
        />
      ) : (
        <PublishForm
          draft={draft}
          brands={brands}
          brand={brand}
          timeProblem={timeProblem}
          onChange={(change) => {
            setDraft({ ...draft, ...change });
            setTimeProblem(null);
          }}
        />
      )}
      {isConfirming && !isOver && candidateId === null && (
        <p className="dialog-text">{t.text('publish.anyRender', { service })}</p>
      )}
      {!isOver && post.before && <PostNoteText {...subject} />}
      {post.outcome && <PostResult mode={mode} outcome={post.outcome} serviceId={serviceId} />}
      <DialogButtons>
        {isConfirming && !isOver && (
          <Button onPress={() => setIsConfirming(false)}>{t.text('publish.back')}</Button>
        )}
        <Button autoFocus onPress={onClose}>
          {t.text(isOver ? 'common.close' : 'common.cancel')}
        </Button>
        {!isReading && !isOver && !isConfirming && (
          <Button variant="primary" onPress={goOn}>
            {t.text('publish.next')}
          </Button>
        )}
        {isConfirming && !isOver && (
          <Button variant="primary" isPending={post.isPending} onPress={send}>
            {t.text(`publish.confirm.${mode}`)}
          </Button>
        )}
      </DialogButtons>
    </Dialog>
  );
}
