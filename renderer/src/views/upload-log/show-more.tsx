import { Button } from '../../components/button';
import { useTranslator } from '../../state/context';

/** So many more are drawn at a time: thousands at once would freeze the window. */
export const STEP_COUNT = 200;

/** Offers the next ones of a long list; nothing when all are shown. */
export function ShowMore({ hiddenCount, onPress }: { hiddenCount: number; onPress: () => void }) {
  const t = useTranslator();
  if (hiddenCount <= 0) return null;
  return (
    <Button variant="quiet" size="small" onPress={onPress}>
      {t.text('log.showMore', { count: Math.min(STEP_COUNT, hiddenCount) })}
    </Button>
  );
}
