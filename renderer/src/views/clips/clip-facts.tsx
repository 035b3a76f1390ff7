import type { ClipRecord } from '../../../../preload/contract';
import { useTranslator } from '../../state/context';

/** What the service says about a clip; what it does not say is left out. */
export function ClipFacts({ clip }: { clip: ClipRecord }) {
  const t = useTranslator();
  const nowMs = Date.now();
  const quoted = (text: string) => t.text('line.quote', { text });
  const facts: [string, string | null][] = [
    ['line.status', quoted(clip.remoteStatus)],
    ['clip.transcription', clip.transcriptionStatus && quoted(clip.transcriptionStatus)],
    ['clip.created', clip.createdAtMs === null ? null : t.time(clip.createdAtMs, nowMs)],
    ['clip.updated', clip.updatedAtMs === null ? null : t.time(clip.updatedAtMs, nowMs)],
    ['clip.length', clip.durationMs === null ? null : t.duration(clip.durationMs)],
    ['line.size', clip.sizeBytes === null ? null : t.size(clip.sizeBytes)],
    ['clip.brand', clip.brandSlug],
    ['clip.revision', clip.editRevision === null ? null : t.number(clip.editRevision)],
  ];
  return (
    <dl className="facts">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{t.text(name as 'clip.brand')}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
