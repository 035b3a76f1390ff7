import { ScrollText } from 'lucide-react';
import type { ClipLine, UploadView } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { useCliptray, useTranslator } from '../../state/context';
import { waitingForFile, waitsForWay } from '../../state/upload-waits';

/** What stops an upload, what helps, and until when it can be resumed. */
export function UploadNotes({ upload, service }: { upload: UploadView; service: string }) {
  const t = useTranslator();
  const { problem, keptUntilMs: untilMs } = upload;
  const waiting = waitingForFile(upload);
  const help =
    problem !== null &&
    (waitsForWay(upload)
      ? t.text('upload.waitsForWay.help')
      : t.text(`problem.${problem}.help`, { service }));
  return (
    <>
      {problem !== null && (
        <p className="detail-problem">
          {waiting !== null
            ? `${t.text(waiting.title)}. ${t.text(waiting.help)}`
            : `${t.text(`problem.${problem}`, { service })} ${help}`}
        </p>
      )}
      {untilMs !== null && (
        <p className="detail-kept">
          {t.text('line.keptUntil.text', { day: t.day(untilMs, Date.now()) })}
        </p>
      )}
    </>
  );
}

/** Opens the log of an upload, whether it has ended or not. */
export function LogButton({ line, upload }: { line: ClipLine; upload: UploadView }) {
  const t = useTranslator();
  const { window: windowState } = useCliptray();
  return (
    <Button
      size="small"
      icon={<ScrollText size={13} aria-hidden />}
      onPress={() =>
        windowState.patch({
          dialog: { kind: 'upload-log', lineId: line.id, uploadId: upload.id, title: line.title },
        })
      }
    >
      {t.text('line.log')}
    </Button>
  );
}
