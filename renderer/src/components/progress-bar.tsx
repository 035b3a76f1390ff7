import { ProgressBar as AriaProgressBar } from 'react-aria-components';

interface ProgressBarProps {
  label: string;
  /** 0 to 1. */
  share: number;
  isStill: boolean;
}

/** Shows how much of something is done. `isStill` marks one that is not moving at the moment. */
export function ProgressBar({ label, share, isStill }: ProgressBarProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return (
    <AriaProgressBar aria-label={label} value={percent} className="progress">
      <div
        className="progress-fill"
        data-still={isStill || undefined}
        style={{ inlineSize: `${percent}%` }}
      />
    </AriaProgressBar>
  );
}
