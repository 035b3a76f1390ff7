import { Copy, Save } from 'lucide-react';
import { useState } from 'react';
import type { Transcript, TranscriptFormat } from '../../../../preload/contract';
import { ActionMenu } from '../../components/action-menu';
import { Button } from '../../components/button';
import { Segmented } from '../../components/segmented';
import { useCliptray, useTranslator } from '../../state/context';
import { timecode } from '../jobs/timecode';
import { ShowMore, STEP_COUNT } from '../upload-log/show-more';
import { useCopy } from './use-copy';

interface TranscriptTextProps {
  jobId: string;
  lang: string | null;
  transcript: Transcript;
  service: string;
}

/** A transcript as plain text or with timestamps; it can be copied, or saved as text or subtitles. */
export function TranscriptText({ jobId, lang, transcript, service }: TranscriptTextProps) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const copy = useCopy();
  const [view, setView] = useState<'text' | 'segments'>('text');
  const [limit, setLimit] = useState(STEP_COUNT);
  const { segments, text } = transcript;
  const hasTimes = segments.length > 0;

  const save = async (format: TranscriptFormat) => {
    const done = await actions.run('execution.saveTranscript', { jobId, lang, format });
    if (!done) return;
    actions.showSnackbar(t.text(done.response.saved ? 'transcript.saved' : 'transcript.notSaved'));
  };
  // Subtitles without times would be an empty file.
  const formats: TranscriptFormat[] = hasTimes ? ['txt', 'srt', 'vtt'] : ['txt'];
  return (
    <section className="transcript">
      <div className="transcript-bar">
        {hasTimes && (
          <Segmented
            label={t.text('transcript.view')}
            value={view}
            options={[
              { id: 'text', name: t.text('transcript.text') },
              { id: 'segments', name: t.text('transcript.segments') },
            ]}
            onChange={setView}
          />
        )}
        <span className="transcript-actions">
          <Button size="small" icon={<Copy size={14} aria-hidden />} onPress={() => copy(text)}>
            {t.text('transcript.copy')}
          </Button>
          <ActionMenu
            actions={formats.map((format) => ({
              id: format,
              label: t.text(`transcript.save.${format}`),
              icon: null,
              act: () => void save(format),
            }))}
          >
            <Button size="small" icon={<Save size={14} aria-hidden />}>
              {t.text('transcript.save')}
            </Button>
          </ActionMenu>
        </span>
      </div>
      {transcript.cut && <p className="field-help">{t.text('transcript.cut', { service })}</p>}
      {!hasTimes && <p className="field-help">{t.text('transcript.noSegments')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard. */}
      <div className="transcript-page" tabIndex={0} lang={transcript.lang ?? undefined}>
        {view === 'segments' ? (
          <>
            <ol className="segments">
              {segments.slice(0, limit).map((segment, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
                <li key={index}>
                  <time>{timecode(segment.startMs)}</time>
                  <bdi>{segment.text}</bdi>
                </li>
              ))}
            </ol>
            <ShowMore
              hiddenCount={segments.length - limit}
              onPress={() => setLimit(limit + STEP_COUNT)}
            />
          </>
        ) : (
          <p className="transcript-text">
            <bdi>{text}</bdi>
          </p>
        )}
      </div>
    </section>
  );
}
