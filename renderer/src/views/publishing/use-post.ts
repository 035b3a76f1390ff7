import { useState } from 'react';
import type { PostOutcome } from '../../../../preload/contract';
import { useCliptray, useWindowState } from '../../state/context';
import type { PostNote, PostSubject } from '../../state/window-state';

/** Sends one post, once; its outcome stays beside the render for as long as the window lives. */
export function usePost(subject: PostSubject) {
  const { window: windowState } = useCliptray();
  const key = subject.jobId;
  const before = useWindowState((state): PostNote | undefined => state.postNotes[key]);
  const [isPending, setIsPending] = useState(false);
  const [outcome, setOutcome] = useState<PostOutcome | null>(null);
  return {
    /** The post made before this one, in this window. */
    before: outcome === null ? before : undefined,
    isPending,
    outcome,
    forget: () => setOutcome(null),
    async send(
      mode: PostNote['mode'],
      call: () => Promise<{ response: PostOutcome } | null>,
    ): Promise<void> {
      if (isPending) return;
      setIsPending(true);
      const done = await call();
      setIsPending(false);
      if (!done) return;
      const note: PostNote = { mode, atMs: Date.now(), outcome: done.response };
      windowState.patch({ postNotes: { ...windowState.get().postNotes, [key]: note } });
      setOutcome(done.response);
    },
  };
}
