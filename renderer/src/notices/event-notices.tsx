import { Bug, FileX } from 'lucide-react';
import { Banner } from '../components/banner';
import { Button } from '../components/button';
import { displayText } from '../components/display-text';
import { useAppState, useCliptray, useTranslator } from '../state/context';
import type { RefusedDrop, WindowState } from '../state/window-state';

/** A call to main failed because of a defect in Cliptray, or because nothing could be stored. */
export function FailedCallNotice({ why }: { why: NonNullable<WindowState['failedCall']> }) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const isNotStored = why === 'not-stored';
  return (
    <Banner
      tone="failed"
      icon={<Bug size={16} aria-hidden />}
      title={t.text(isNotStored ? 'storage.notStored' : 'notice.defect')}
      action={
        <Button size="small" onPress={() => void actions.run('logs.show', null)}>
          {t.text('notice.defect.log')}
        </Button>
      }
      onDismiss={() => windowState.patch({ failedCall: null })}
    >
      {t.text(isNotStored ? 'storage.notStored.text' : 'notice.defect.text')}
    </Banner>
  );
}

function RefusedFileItem({ file }: { file: RefusedDrop }) {
  const t = useTranslator();
  const service =
    useAppState((state) => (file.service ? state.services[file.service]?.name : undefined)) ??
    t.text('service.generic');
  return (
    <li>
      <bdi className="refused-name">{displayText(file.fileName)}</bdi>{' '}
      <span>
        {t.text(`problem.${file.problem}`, { service })}{' '}
        {t.text(`problem.${file.problem}.help`, { service })}
      </span>
    </li>
  );
}

/** A folder can hold thousands of files that are left out. */
const SHOWN_COUNT = 50;

/** Files that were left out, each with the reason. */
export function RefusedNotice({ files }: { files: RefusedDrop[] }) {
  const t = useTranslator();
  const { window: windowState } = useCliptray();
  const leadsToAccounts = files.some(
    (file) => file.problem === 'no-brand' || file.problem === 'no-account',
  );
  return (
    <Banner
      tone="attention"
      icon={<FileX size={16} aria-hidden />}
      title={t.text('notice.refused', { count: files.length })}
      action={
        leadsToAccounts && (
          <Button size="small" onPress={() => windowState.patch({ view: 'accounts' })}>
            {t.text('notice.refused.accounts')}
          </Button>
        )
      }
      onDismiss={() => windowState.patch({ refused: [] })}
    >
      <ul className="refused-list">
        {files.slice(0, SHOWN_COUNT).map((file, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and names may repeat.
          <RefusedFileItem key={index} file={file} />
        ))}
        {files.length > SHOWN_COUNT && (
          <li>{t.text('notice.refused.more', { count: files.length - SHOWN_COUNT })}</li>
        )}
      </ul>
    </Banner>
  );
}
