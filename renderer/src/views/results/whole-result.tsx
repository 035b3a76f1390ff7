import type { ClipLine } from '../../../../preload/contract';
import { useAppState, useTranslator } from '../../state/context';
import { PostNoteText } from '../publishing/post-note-text';
import { DownloadNote } from './download-note';
import { ResultActions } from './result-actions';

/**
 * The job of the line that has a result without being a render: the clip was rendered before it was
 * watched. Once its renders are known, it is shown only if there is a download of it.
 */
function useWholeJob(line: ClipLine): string | null {
  const renders = [...line.candidates.map(({ render }) => render), ...line.otherRenders];
  const isRender = (jobId: string) => renders.some((render) => render?.jobId === jobId);
  const { resultJobId, jobIds } = line;
  return useAppState((state) => {
    if (resultJobId !== null && !isRender(resultJobId)) return resultJobId;
    return jobIds.find((id) => !isRender(id) && state.downloads[id] !== undefined) ?? null;
  });
}

/** A result that belongs to no known render. */
export function WholeResult({ line }: { line: ClipLine }) {
  const t = useTranslator();
  const jobId = useWholeJob(line);
  if (jobId === null) return null;
  return (
    <section className="detail-section">
      <div className="candidate">
        <div className="candidate-main candidate-whole">
          <p>{t.text('result.heading')}</p>
          <ResultActions line={line} jobId={jobId} candidateId={null} title={line.title} />
        </div>
        <PostNoteText accountId={line.accountId} jobId={jobId} />
        <DownloadNote jobId={jobId} title={line.title} />
      </div>
    </section>
  );
}
