import { Check } from 'lucide-react';
import { Checkbox } from 'react-aria-components';
import type { KeychainRefusal } from '../../../../preload/contract';
import { useAppState, useTranslator } from '../../state/context';

const bringIntoView = (element: HTMLElement | null) =>
  element?.scrollIntoView({ block: 'nearest' });

interface KeyLocationChoiceProps {
  /** Why the keychain did not store the key; null if it was not tried, or did. */
  failure: KeychainRefusal['why'] | null;
  isSession: boolean;
  isMissing: boolean;
  onChange: (isSession: boolean) => void;
}

/** Where the key will be stored. Memory only is never chosen silently: the user has to tick it. */
export function KeyLocationChoice({
  failure,
  isSession,
  isMissing,
  onChange,
}: KeyLocationChoiceProps) {
  const t = useTranslator();
  const { keychain, platform } = useAppState((state) => state.app.main.environment);
  if (failure === null && keychain !== 'missing' && keychain !== 'no-default') {
    const text =
      keychain === 'ready' ? (`addAccount.kept.${platform}` as const) : 'addAccount.locked';
    return <p className="field-help">{t.text(text)}</p>;
  }
  const without = keychain === 'no-default' ? 'addAccount.noDefault' : 'addAccount.noKeychain';
  return (
    <div className="form-notice" data-tone="attention">
      <p>{t.text(failure === null ? without : `keychainFailed.${failure}`)}</p>
      <Checkbox className="checkbox" isSelected={isSession} onChange={onChange}>
        <span className="checkbox-box" aria-hidden="true">
          <Check size={12} strokeWidth={3} />
        </span>
        {t.text('addAccount.session')}
      </Checkbox>
      {isMissing && (
        <p className="field-error" role="alert" ref={bringIntoView}>
          {t.text('addAccount.session.needed')}
        </p>
      )}
    </div>
  );
}
