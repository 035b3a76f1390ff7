import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useId, useState } from 'react';
import { useTranslator } from '../state/context';
import { IconButton } from './button';

interface KeyFieldProps {
  label: string;
  inputRef: RefObject<HTMLInputElement | null>;
  error: string | null;
  autoFocus?: boolean;
  /** Stands at the end of the label's line. */
  hint?: ReactNode;
}

/**
 * Where a key is pasted. The input is uncontrolled on purpose: React would keep a controlled value in
 * its state and write it into the `value` attribute. The key lives only in the input, which
 * the dialog clears once the key is saved, and which is cleared here when the field is removed.
 */
export function KeyField({ label, inputRef, error, autoFocus, hint }: KeyFieldProps) {
  const t = useTranslator();
  const id = useId();
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const input = inputRef.current;
    if (autoFocus) input?.focus();
    return () => {
      if (input) input.value = '';
    };
  }, [inputRef, autoFocus]);
  return (
    <div className="field">
      <div className="field-label-row">
        <label className="field-label" htmlFor={id}>
          {label}
        </label>
        {hint}
      </div>
      <div className="input-with-button">
        <input
          id={id}
          ref={inputRef}
          className="input input-key"
          type={isShown ? 'text' : 'password'}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={4096}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : `${id}-error`}
        />
        <IconButton
          label={t.text(isShown ? 'addAccount.key.hide' : 'addAccount.key.show')}
          onPress={() => setIsShown(!isShown)}
        >
          {isShown ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
        </IconButton>
      </div>
      {error !== null && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
