import { useId } from 'react';
import { Switch } from '../../components/switch';

interface SettingSwitchProps {
  label: string;
  help: string;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
}

/** One setting that is on or off, with what it means. */
export function SettingSwitch({ label, help, ...props }: SettingSwitchProps) {
  const helpId = useId();
  return (
    <Switch label={label} describedBy={helpId} {...props}>
      <span className="setting-text">
        <span className="setting-label">{label}</span>
        <span className="setting-help" id={helpId}>
          {help}
        </span>
      </span>
    </Switch>
  );
}
