import { useEffect, useState } from 'react';
import { useWindowState } from '../state/context';

const SHOWN_MS = 4_000;

/** Says outcomes: to screen readers always, to the eye for a moment when nothing else shows them. */
export function Snackbar() {
  const announcement = useWindowState((state) => state.announcement);
  const [goneNumber, setGoneNumber] = useState(0);
  useEffect(() => {
    if (!announcement.shown) return;
    const timer = setTimeout(() => setGoneNumber(announcement.number), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [announcement]);
  const isVisible = announcement.shown && goneNumber !== announcement.number;
  return (
    <div className="snackbar" data-visible={isVisible || undefined} role="status">
      {announcement.text && <span key={announcement.number}>{announcement.text}</span>}
    </div>
  );
}
