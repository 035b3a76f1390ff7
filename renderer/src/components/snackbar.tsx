import { useEffect, useState } from 'react';
import { useWindowState } from '../state/context';

const SHOWN_MS = 4_000;
/** Longer than the fade in styles/overlay.css, so that the text is removed only once it is invisible. */
const CLEARED_MS = SHOWN_MS + 400;

/** Reports outcomes: always to screen readers, and visibly for a moment when nothing else shows them. */
export function Snackbar() {
  const { text, number, shown } = useWindowState((state) => state.announcement);
  const [past, setPast] = useState({ hidden: 0, cleared: 0 });
  useEffect(() => {
    if (number === 0) return;
    const hide = setTimeout(() => setPast((now) => ({ ...now, hidden: number })), SHOWN_MS);
    const clear = setTimeout(() => setPast({ hidden: number, cleared: number }), CLEARED_MS);
    return () => {
      clearTimeout(hide);
      clearTimeout(clear);
    };
  }, [number]);
  return (
    <div
      className="snackbar"
      data-visible={(shown && past.hidden !== number) || undefined}
      role="status"
      // React Aria hides everything behind a dialog from screen readers, except elements with this.
      data-live-announcer="true"
    >
      {past.cleared !== number && <span key={number}>{text}</span>}
    </div>
  );
}
