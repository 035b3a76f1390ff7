import { useEffect, useRef, useState } from 'react';
import type { UploadLog } from '../../../../preload/contract';
import { useAppState, useCliptray } from '../../state/context';

/** The SHA-256 is computed some time after the upload has ended, and no patch announces it. */
const SHA256_POLL_MS = 5_000;

/**
 * The log of an upload, read again whenever the upload changes its state or advances by one per cent.
 * `undefined` until it is read, null when there is none.
 */
export function useUploadLog(lineId: string, uploadId: string): UploadLog | null | undefined {
  const { actions } = useCliptray();
  const [log, setLog] = useState<UploadLog | null>();
  const [sha256Polls, setSha256Polls] = useState(0);
  const version = useAppState((state) => {
    const upload = state.lines[lineId]?.upload;
    if (!upload) return '';
    const percent = Math.floor((100 * upload.sentBytes) / Math.max(1, upload.sizeBytes));
    return `${upload.state} ${upload.problem} ${percent}`;
  });
  const isSent = useAppState((state) => state.lines[lineId]?.upload?.state === 'sent');
  const latest = useRef('');
  const isReading = useRef(false);
  const isOpen = useRef(true);

  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);

  useEffect(() => {
    latest.current = `${version} ${sha256Polls}`;
    // Reading a log of ten thousand parts takes a while: there is never more than one read at a time.
    if (isReading.current) return;
    isReading.current = true;
    const read = async () => {
      for (
        let readVersion: string | null = null;
        readVersion !== latest.current && isOpen.current;
      ) {
        readVersion = latest.current;
        const done = await actions.run('upload.log', { uploadId });
        if (isOpen.current) setLog(done?.response ?? null);
      }
      isReading.current = false;
    };
    void read();
  }, [version, sha256Polls, actions, uploadId]);

  const awaitsSha256 = isSent && log?.sha256Hex === null;
  useEffect(() => {
    if (!awaitsSha256) return;
    const timer = setInterval(() => setSha256Polls((count) => count + 1), SHA256_POLL_MS);
    return () => clearInterval(timer);
  }, [awaitsSha256]);

  return log;
}
