import { ChevronRight, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel } from 'react-aria-components';
import type {
  ExecutionDocument,
  ExecutionDocuments,
  ServiceRead,
} from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { displayText } from '../../components/display-text';
import { ReadFailureNotice } from '../../components/read-failure';
import { Spinner } from '../../components/spinner';
import { useCliptray, useServiceName, useTranslator } from '../../state/context';
import { useCopy } from './use-copy';

function DocumentItem({ document, service }: { document: ExecutionDocument; service: string }) {
  const t = useTranslator();
  const copy = useCopy();
  const { content, link, kind, createdAtMs } = document;
  const title = displayText(document.title ?? t.text('documents.untitled'));
  const about = [kind, createdAtMs === null ? null : t.time(createdAtMs, Date.now())];
  return (
    <li className="document">
      <Disclosure className="disclosure" defaultExpanded={false}>
        <div className="disclosed-text-head">
          <AriaButton slot="trigger" className="disclosure-button">
            <ChevronRight size={14} aria-hidden className="chevron" />
            <bdi className="document-title">{title}</bdi>
          </AriaButton>
          <span className="disclosed-text-size">
            <bdi>{about.filter(Boolean).join(' · ')}</bdi>
          </span>
        </div>
        <DisclosurePanel>
          {content ? (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
            <div className="transcript-page" tabIndex={0}>
              <p className="transcript-text">
                <bdi>{content.text}</bdi>
              </p>
            </div>
          ) : (
            <p className="field-help">{t.text('documents.noText', { service })}</p>
          )}
          {content?.cut && (
            <p className="field-help">{t.text('execution.text.cut', { service })}</p>
          )}
          <div className="document-actions">
            {content && (
              <Button
                size="small"
                icon={<Copy size={14} aria-hidden />}
                aria-label={t.text('documents.copy.of', { title })}
                onPress={() => copy(content.text)}
              >
                {t.text('documents.copy')}
              </Button>
            )}
            {link && (
              <Button size="small" onPress={() => copy(link)}>
                {t.text('documents.copyLink')}
              </Button>
            )}
          </div>
        </DisclosurePanel>
      </Disclosure>
    </li>
  );
}

interface DocumentsDialogProps {
  jobId: string;
  title: string;
  serviceId: string;
  onBack: () => void;
}

/** The documents that an execution has written. */
export function DocumentsDialog({ jobId, title, serviceId, onBack }: DocumentsDialogProps) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const service = useServiceName(serviceId);
  const [read, setRead] = useState<ServiceRead<ExecutionDocuments>>();
  const [rereads, setRereads] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: "Try again" is a reason to read.
  useEffect(() => {
    let isOpen = true;
    setRead(undefined);
    void actions.run('execution.documents', { jobId }).then((done) => {
      if (isOpen && done) setRead(done.response);
    });
    return () => {
      isOpen = false;
    };
  }, [actions, jobId, rereads]);
  const found = read && 'value' in read ? read.value : null;
  return (
    <Dialog title={t.text('documents.title')} size="wide" onClose={onBack}>
      <p className="dialog-subject">
        <bdi>{title}</bdi>
      </p>
      {!read && (
        <p className="dialog-loading" role="status">
          <Spinner />
          {t.text('documents.loading')}
        </p>
      )}
      {read && 'problem' in read && (
        <ReadFailureNotice
          failure={read}
          serviceId={serviceId}
          onTryAgain={() => setRereads((count) => count + 1)}
        />
      )}
      {found && found.documents.length === 0 && (
        <p className="dialog-text">{t.text('documents.none', { service })}</p>
      )}
      {found && found.documents.length > 0 && (
        <>
          {!found.certain && (
            <p className="field-help">{t.text('documents.notCertain', { service })}</p>
          )}
          <ul className="documents">
            {found.documents.map((document, index) => (
              <DocumentItem key={document.id ?? index} document={document} service={service} />
            ))}
          </ul>
          {!found.complete && (
            <p className="field-help">{t.text('documents.incomplete', { service })}</p>
          )}
        </>
      )}
      <DialogButtons>
        <Button autoFocus onPress={onBack}>
          {t.text('execution.back')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
