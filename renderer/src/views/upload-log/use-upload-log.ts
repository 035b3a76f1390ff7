import { useEffect, useRef, useState } from 'react';
import type { UploadLog } from '../../../../preload/contract';
import { useAppState, useCliptray } from '../../state/context';

/** The SHA-256 comes some time after the upload has ended, and nothing in the state tells of it. */
const SHA256_LOOK_MS = 5_000;

/**
 * The log of an upload, read anew whenever the upload has changed its state or is one per cent further.
 * `undefined` until it is read, null when there is none.
 */
export function useUploadLog(lineId: string, uploadId: string): UploadLog | null | undefined {
  const { actions } = useCliptray();
  const [log, setLog] = useState<UploadLog | null>();
  const [looks, setLooks] = useState(0);
  const version = useAppState((state) => {
    const upload = state.lines[lineId]?.upload;
    if (!upload) return '';
    const percent = Math.floor((100 * upload.sentBytes) / Math.max(1, upload.sizeBytes));
    return `${upload.state} ${upload.problem} ${percent}`;
  });
  const isSent = useAppState((state) => state.lines[lineId]?.upload?.state === 'sent');
  const wanted = useRef('');
  const isReading = useRef(false);
  const isOpen = useRef(true);

  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);

  useEffect(() => {
    wanted.current = `${version} ${looks}`;
    // A log of ten thousand parts takes its time: there is never more than one on its way.
    if (isReading.current) return;
    isReading.current = true;
    const read = async () => {
      for (let had: string | null = null; had !== wanted.current && isOpen.current; ) {
        had = wanted.current;
        const done = await actions.run('upload.log', { uploadId });
        if (isOpen.current) setLog(done?.response ?? null);
      }
      isReading.current = false;
    };
    void read();
  }, [version, looks, actions, uploadId]);

  const awaitsSha256 = isSent && log?.sha256Hex === null;
  useEffect(() => {
    if (!awaitsSha256) return;
    const timer = setInterval(() => setLooks((count) => count + 1), SHA256_LOOK_MS);
    return () => clearInterval(timer);
  }, [awaitsSha256]);

  return log;
}
