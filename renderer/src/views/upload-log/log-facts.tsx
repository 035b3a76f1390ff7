import { Copy } from 'lucide-react';
import type { UploadLog } from '../../../../preload/contract';
import { IconButton } from '../../components/button';
import { useCliptray, useTranslator } from '../../state/context';
import { copyText } from './copy-text';

/** Size, parts and fingerprint of the file. */
export function LogFacts({ log }: { log: UploadLog }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const { sha256Hex } = log;
  return (
    <dl className="facts log-facts">
      <div>
        <dt>{t.text('log.size')}</dt>
        <dd>{t.size(log.sizeBytes)}</dd>
      </div>
      <div>
        <dt>{t.text('log.parts')}</dt>
        <dd>{t.text('log.partsOf', { count: log.partCount, size: t.size(log.partSizeBytes) })}</dd>
      </div>
      <div className="log-sha256">
        <dt>{t.text('log.sha256')}</dt>
        <dd>
          {sha256Hex === null ? (
            t.text('log.sha256.later')
          ) : (
            <>
              <code>{sha256Hex}</code>
              <IconButton
                label={t.text('log.sha256.copy')}
                onPress={() =>
                  actions.showSnackbar(
                    t.text(copyText(sha256Hex) ? 'log.sha256.copied' : 'log.sha256.notCopied'),
                  )
                }
              >
                <Copy size={14} aria-hidden />
              </IconButton>
            </>
          )}
        </dd>
      </div>
    </dl>
  );
}
