import { Pause, Play, RotateCcw, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { UploadTotals, Verb } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { ProgressBar } from '../../components/progress-bar';
import { useAppState, useCliptray, useTranslator } from '../../state/context';
import { roundTransferTimeLeft } from '../../state/time-left';

type AllVerb = Extract<Verb, 'uploads.pauseAll' | 'uploads.resumeAll' | 'uploads.retryAll'>;

function Summary({ totals }: { totals: UploadTotals }) {
  const t = useTranslator();
  const { sending, unfinished, paused, failed } = totals;
  const phrases: string[] = [];
  if (sending > 0) phrases.push(t.text('totals.sending', { sending, unfinished }));
  else if (unfinished > 0) phrases.push(t.text('totals.waiting', { count: unfinished }));
  const isFirst = () => phrases.length === 0;
  if (paused > 0) {
    phrases.push(t.text(isFirst() ? 'totals.onlyPaused' : 'totals.paused', { count: paused }));
  }
  if (failed > 0) {
    phrases.push(t.text(isFirst() ? 'totals.onlyFailed' : 'totals.failed', { count: failed }));
  }
  const [first, ...others] = phrases;
  return (
    <p className="totals-summary">
      <strong>{first}</strong>
      {others.map((phrase) => (
        <span key={phrase} className="totals-others">
          {phrase}
        </span>
      ))}
    </p>
  );
}

/** Each figure has a fixed width, so that none moves when another changes. */
function Figures({ totals, share }: { totals: UploadTotals; share: number }) {
  const t = useTranslator();
  const { bytesPerSecond, timeLeftMs } = totals;
  return (
    <p className="totals-figures">
      <span className="totals-percent">
        {t.text('totals.percent', { percent: Math.floor(share * 100) })}
      </span>
      <span className="totals-speed">
        {bytesPerSecond !== null && t.text('line.speed', { size: t.size(bytesPerSecond) })}
      </span>
      <span className="totals-time-left">
        {timeLeftMs !== null &&
          t.text('totals.timeLeft', { duration: t.duration(roundTransferTimeLeft(timeLeftMs)) })}
      </span>
    </p>
  );
}

function TotalsButton({
  label,
  icon,
  onPress,
}: {
  label: string;
  icon: ReactNode;
  onPress: () => void;
}) {
  return (
    <span data-tip-narrow={label}>
      <Button variant="quiet" size="small" aria-label={label} icon={icon} onPress={onPress}>
        {label}
      </Button>
    </span>
  );
}

/** Actions on all uploads at once. When a pressed button disappears, the focus moves to another one. */
function TotalsButtons({ totals }: { totals: UploadTotals }) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const { unfinished, paused, failed } = totals;
  const ref = useRef<HTMLDivElement>(null);
  const wasPressed = useRef(false);
  const run = (verb: AllVerb) => {
    wasPressed.current = true;
    void actions.run(verb, null);
  };
  const offered = [unfinished > 0, paused > 0, failed > 0].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when a button came or went.
  useEffect(() => {
    if (!wasPressed.current) return;
    wasPressed.current = false;
    if (document.activeElement === document.body) ref.current?.querySelector('button')?.focus();
  }, [offered]);
  return (
    <div ref={ref} className="totals-buttons">
      {unfinished > 0 && (
        <TotalsButton
          label={t.text('totals.pauseAll')}
          icon={<Pause size={14} aria-hidden />}
          onPress={() => run('uploads.pauseAll')}
        />
      )}
      {paused > 0 && (
        <TotalsButton
          label={t.text('totals.resumeAll')}
          icon={<Play size={14} aria-hidden />}
          onPress={() => run('uploads.resumeAll')}
        />
      )}
      {failed > 0 && (
        <TotalsButton
          label={t.text('totals.retryAll')}
          icon={<RotateCcw size={14} aria-hidden />}
          onPress={() => run('uploads.retryAll')}
        />
      )}
      <TotalsButton
        label={t.text('totals.cancelAll')}
        icon={<X size={14} aria-hidden />}
        onPress={() => windowState.patch({ dialog: { kind: 'cancel-all-uploads' } })}
      />
    </div>
  );
}

/** The totals of all uploads, for as long as one has not ended. */
export function TotalsBar() {
  const t = useTranslator();
  const totals = useAppState((state) => state.uploads.all);
  const { sending, unfinished, paused, failed, sentBytes, sizeBytes } = totals;
  if (unfinished + paused + failed === 0) return null;
  const share = sizeBytes > 0 ? Math.min(1, sentBytes / sizeBytes) : 0;
  return (
    <section className="totals" aria-label={t.text('totals.label')}>
      <Summary totals={totals} />
      {unfinished > 0 && <Figures totals={totals} share={share} />}
      <TotalsButtons totals={totals} />
      {unfinished > 0 && (
        <ProgressBar label={t.text('totals.label')} share={share} isStill={sending === 0} />
      )}
    </section>
  );
}
