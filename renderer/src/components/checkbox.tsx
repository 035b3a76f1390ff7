import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';

interface CheckboxProps {
  /** Its name for screen readers, when no text stands beside it. */
  label?: string;
  isSelected: boolean;
  isDisabled?: boolean;
  /** What ticking it means. */
  help?: string;
  onChange: (isSelected: boolean) => void;
  children?: ReactNode;
}

/** A checkbox of a form. */
export function Checkbox({
  label,
  isSelected,
  isDisabled,
  help,
  onChange,
  children,
}: CheckboxProps) {
  return (
    <div className="field">
      <AriaCheckbox
        className="checkbox"
        aria-label={label}
        isSelected={isSelected}
        isDisabled={isDisabled}
        onChange={onChange}
      >
        <span className="checkbox-box" aria-hidden="true">
          <Check size={12} strokeWidth={3} />
        </span>
        {children}
      </AriaCheckbox>
      {help && <p className="field-help checkbox-help">{help}</p>}
    </div>
  );
}
