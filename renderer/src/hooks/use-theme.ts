import { useEffect } from 'react';
import { useAppState } from '../state/context';

/** Puts the chosen theme on the page; `system` leaves the choice to the media query. */
export function useTheme(): void {
  const theme = useAppState((state) => state.app.main.settings.theme);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}
