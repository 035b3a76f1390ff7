import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';

interface SwitchProps {
  label: string;
  isSelected: boolean;
  describedBy?: string;
  onChange: (isSelected: boolean) => void;
  /** Shown instead of the label, which stays the accessible name. */
  children?: ReactNode;
}

/** A switch that takes effect at once. */
export function Switch({ label, isSelected, describedBy, onChange, children }: SwitchProps) {
  return (
    <AriaSwitch
      className="switch"
      aria-label={label}
      aria-describedby={describedBy}
      isSelected={isSelected}
      onChange={onChange}
    >
      <span className="switch-track" aria-hidden="true">
        <span className="switch-thumb" />
      </span>
      {children}
    </AriaSwitch>
  );
}
