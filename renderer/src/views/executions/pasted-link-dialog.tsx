import { Captions, ChevronRight, CloudDownload } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { useCliptray, useTranslator } from '../../state/context';
import { executionAccounts } from '../../state/execution-accounts';
import { nameList } from '../../state/name-list';
import { uploadAccounts } from '../../state/upload-accounts';

interface LinkOptionProps {
  icon: ReactNode;
  name: string;
  help: string;
  onChoose: () => void;
}

function LinkOption({ icon, name, help, onChoose }: LinkOptionProps) {
  return (
    <li>
      <AriaButton className="option" onPress={onChoose}>
        {icon}
        <span className="option-text">
          <span className="option-name">{name}</span>
          <span className="option-help option-help-long">{help}</span>
        </span>
        <ChevronRight size={15} aria-hidden />
      </AriaButton>
    </li>
  );
}

/** Asks which of two services should work on a link that both can use. */
export function PastedLinkDialog({ url, onClose }: { url: string; onClose: () => void }) {
  const t = useTranslator();
  const { app, window: windowState } = useCliptray();
  const state = app.get();
  if (!state) return null;
  const namesOf = (accounts: { service: string }[]) =>
    nameList(
      [...new Set(accounts.map(({ service }) => service))].flatMap(
        (id) => state.services[id] ?? [],
      ),
      t.language,
    );
  return (
    <Dialog title={t.text('pasted.title')} onClose={onClose}>
      <p className="dialog-subject">
        <bdi>{url}</bdi>
      </p>
      <ul className="options" aria-label={t.text('pasted.title')}>
        <LinkOption
          icon={<CloudDownload size={18} aria-hidden />}
          name={t.text('pasted.import')}
          help={t.text('pasted.import.help', { service: namesOf(uploadAccounts(state)) })}
          onChoose={() => windowState.patch({ dialog: { kind: 'import', url } })}
        />
        <LinkOption
          icon={<Captions size={18} aria-hidden />}
          name={t.text('pasted.start')}
          help={t.text('pasted.start.help', { service: namesOf(executionAccounts(state)) })}
          onChoose={() => windowState.patch({ dialog: { kind: 'start', source: url } })}
        />
      </ul>
      <DialogButtons>
        <Button onPress={onClose}>{t.text('common.cancel')}</Button>
      </DialogButtons>
    </Dialog>
  );
}
