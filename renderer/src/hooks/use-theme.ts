import { useEffect } from 'react';
import { useAppState } from '../state/context';

/** Applies the chosen theme to the page; `system` leaves it to the media query. */
export function useTheme(): void {
  const theme = useAppState((state) => state.app.main.settings.theme);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}
