import { Button } from '../../components/button';
import { useTranslator } from '../../state/context';

/** How many more are rendered at a time: thousands at once would freeze the window. */
export const STEP_COUNT = 200;

/** Shows more of a long list; renders nothing when all of it is shown. */
export function ShowMore({ hiddenCount, onPress }: { hiddenCount: number; onPress: () => void }) {
  const t = useTranslator();
  if (hiddenCount <= 0) return null;
  return (
    <Button variant="quiet" size="small" onPress={onPress}>
      {t.text('log.showMore', { count: Math.min(STEP_COUNT, hiddenCount) })}
    </Button>
  );
}
