import {
  Ban,
  Check,
  CircleHelp,
  Clapperboard,
  Clock,
  CloudUpload,
  Hourglass,
  ListVideo,
  type LucideIcon,
  Pause,
  TriangleAlert,
  Unlink,
  WandSparkles,
  X,
} from 'lucide-react';
import type { Stage } from '../../../../preload/contract';

/** The colour of a stage. Each stage also has an icon of its own. */
export type Tone = 'waiting' | 'running' | 'ready' | 'done' | 'attention' | 'failed';

const STAGES: Record<Stage, { icon: LucideIcon; tone: Tone; moves: boolean }> = {
  queued: { icon: Clock, tone: 'waiting', moves: false },
  uploading: { icon: CloudUpload, tone: 'running', moves: true },
  'upload-paused': { icon: Pause, tone: 'attention', moves: false },
  'upload-failed': { icon: TriangleAlert, tone: 'failed', moves: false },
  'upload-cancelled': { icon: Ban, tone: 'waiting', moves: false },
  waiting: { icon: Hourglass, tone: 'waiting', moves: false },
  processing: { icon: WandSparkles, tone: 'running', moves: true },
  running: { icon: WandSparkles, tone: 'running', moves: true },
  ready: { icon: ListVideo, tone: 'ready', moves: false },
  rendering: { icon: Clapperboard, tone: 'running', moves: true },
  done: { icon: Check, tone: 'done', moves: false },
  failed: { icon: X, tone: 'failed', moves: false },
  gone: { icon: Unlink, tone: 'attention', moves: false },
  unknown: { icon: CircleHelp, tone: 'attention', moves: false },
};

export function toneOf(stage: Stage): Tone {
  return STAGES[stage].tone;
}

/** The icon of a stage; its name stands beside it. An arc turns around it while work is in progress. */
export function StageIcon({ stage }: { stage: Stage }) {
  const { icon: Icon, tone, moves } = STAGES[stage];
  return (
    <span className="stage-icon" data-tone={tone} aria-hidden="true">
      <Icon size={15} strokeWidth={2.25} />
      {moves && (
        <svg className="stage-arc" viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="16" cy="16" r="15" pathLength="100" />
        </svg>
      )}
    </span>
  );
}
