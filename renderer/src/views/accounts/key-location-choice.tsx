import { Check } from 'lucide-react';
import { Checkbox } from 'react-aria-components';
import { useAppState, useTranslator } from '../../state/context';

const bringIntoView = (element: HTMLElement | null) =>
  element?.scrollIntoView({ block: 'nearest' });

interface KeyLocationChoiceProps {
  /** The keychain was tried and failed to store the key. */
  hasFailed: boolean;
  isSession: boolean;
  isMissing: boolean;
  onChange: (isSession: boolean) => void;
}

/** Where the key will be stored. Memory only is never chosen silently: the user has to tick it. */
export function KeyLocationChoice({
  hasFailed,
  isSession,
  isMissing,
  onChange,
}: KeyLocationChoiceProps) {
  const t = useTranslator();
  const { keychain, platform } = useAppState((state) => state.app.main.environment);
  if (keychain && !hasFailed) {
    return <p className="field-help">{t.text(`addAccount.kept.${platform}`)}</p>;
  }
  return (
    <div className="form-notice" data-tone="attention">
      <p>{t.text(hasFailed ? 'addAccount.keychainFailed' : 'addAccount.noKeychain')}</p>
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
