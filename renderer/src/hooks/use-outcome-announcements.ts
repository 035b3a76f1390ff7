import { useEffect } from 'react';
import type { Stage } from '../../../preload/contract';
import { useCliptray } from '../state/context';

const OUTCOMES: ReadonlySet<Stage> = new Set(['ready', 'done', 'failed', 'gone', 'upload-failed']);

/** Announces to screen readers when a line reaches an outcome while the window is open. */
export function useOutcomeAnnouncements(): void {
  const { app, actions, t } = useCliptray();
  useEffect(() => {
    let before = app.get()?.lines ?? {};
    return app.subscribe(() => {
      const now = app.get()?.lines ?? {};
      if (now === before) return;
      for (const line of Object.values(now)) {
        const old = before[line.id];
        if (!old || old === line || old.stage === line.stage || !OUTCOMES.has(line.stage)) continue;
        actions.announce(
          t.text('line.outcome', { title: line.title, stage: t.text(`stage.${line.stage}`) }),
        );
      }
      before = now;
    });
  }, [app, actions, t]);
}
