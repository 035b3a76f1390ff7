import { useState } from 'react';
import type { PostTiming } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { displayText } from '../../components/display-text';
import { FormNotice } from '../../components/form-notice';
import { Spinner } from '../../components/spinner';
import { useHasCome } from '../../hooks/use-clock';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';
import {
  EMPTY_DRAFT,
  isConnectionOver,
  offeredBrand,
  offeredPlatforms,
  type PublishDraft,
  postTiming,
  type TimeProblem,
  typedPlatforms,
} from '../../state/publish-draft';
import type { PostSubject } from '../../state/window-state';
import { PostNoteText } from './post-note-text';
import { PostResult } from './post-result';
import { PublishForm } from './publish-form';
import { PublishSummary } from './publish-summary';
import { useBrands } from './use-brands';
import { useConnections } from './use-connections';
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
  /** What is sent once it is confirmed: the time that was shown, never worked out again. Null in the form. */
  const [reviewed, setReviewed] = useState<PostTiming | null>(null);
  const [timeProblem, setTimeProblem] = useState<TimeProblem | null>(null);

  const { mode } = draft;
  const brand = offeredBrand(brands, draft.brandSlug, clipBrand);
  const connections = useConnections(accountId, brand?.slug ?? null);
  const offered = offeredPlatforms(brand, connections);
  const over = offered.filter((one) => isConnectionOver(one, Date.now())).map(({ name }) => name);
  const platforms =
    offered.length > 0
      ? draft.platforms.filter((name) => !over.includes(name))
      : typedPlatforms(draft.platformText);
  const hasPassed = useHasCome(reviewed?.scheduledAtMs ?? null);
  const isOver = post.outcome !== null && post.outcome.outcome !== 'refused';

  const review = () => {
    const timing = postTiming(draft, Date.now());
    const problem = 'problem' in timing ? timing.problem : null;
    setTimeProblem(problem);
    post.forget();
    setReviewed('problem' in timing ? null : timing);
  };
  const goBack = (problem: TimeProblem | null) => {
    setTimeProblem(problem);
    setReviewed(null);
  };
  const send = (timing: PostTiming) => {
    const { scheduledAtMs } = timing;
    if (scheduledAtMs !== null && scheduledAtMs <= Date.now()) return goBack('past');
    void post.send(mode, () =>
      actions.run('post.publish', {
        accountId,
        clipId,
        ...timing,
        candidateId,
        platforms,
        text: draft.text.trim() === '' ? null : draft.text.trim(),
        brandSlug: draft.brandSlug,
        aspectRatio: draft.aspectRatio,
      }),
    );
  };

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
      ) : isOver ? null : reviewed ? (
        <PublishSummary
          draft={draft}
          brand={brand}
          platforms={platforms}
          over={over}
          timing={reviewed}
          service={service}
        />
      ) : (
        <PublishForm
          draft={draft}
          brands={brands}
          platforms={offered}
          timeProblem={timeProblem}
          onChange={(change) => {
            setDraft({ ...draft, ...change });
            setTimeProblem(null);
          }}
        />
      )}
      {reviewed && hasPassed && !post.isPending && post.outcome === null && (
        <FormNotice tone="failed" isAlert>
          {t.text('publish.time.past')}
        </FormNotice>
      )}
      {reviewed && !isOver && candidateId === null && (
        <p className="dialog-text">{t.text('publish.anyRender', { service })}</p>
      )}
      {!isOver && post.before && <PostNoteText {...subject} />}
      {post.outcome && <PostResult mode={mode} outcome={post.outcome} serviceId={serviceId} />}
      <DialogButtons>
        {reviewed && !isOver && (
          <Button onPress={() => goBack(null)}>{t.text('publish.back')}</Button>
        )}
        <Button autoFocus onPress={onClose}>
          {t.text(isOver ? 'common.close' : 'common.cancel')}
        </Button>
        {!isReading && !isOver && !reviewed && (
          <Button variant="primary" onPress={review}>
            {t.text('publish.next')}
          </Button>
        )}
        {reviewed && !isOver && (
          <Button variant="primary" isPending={post.isPending} onPress={() => send(reviewed)}>
            {t.text(`publish.confirm.${mode}`)}
          </Button>
        )}
      </DialogButtons>
    </Dialog>
  );
}
