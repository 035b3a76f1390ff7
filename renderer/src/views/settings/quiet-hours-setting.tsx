import { useState } from 'react';
import type { QuietHours } from '../../../../preload/contract';
import { useTranslator } from '../../state/context';
import { minuteOf, timeOf } from '../../state/minute-of-day';
import { SettingSwitch } from './setting-switch';
import { TimeField } from './time-field';

const NIGHT: QuietHours = { fromMinute: 22 * 60, toMinute: 7 * 60 };

interface QuietHoursSettingProps {
  /** Null while there are none. */
  quietHours: QuietHours | null;
  onChange: (quietHours: QuietHours | null) => void;
}

/** A time of day without notifications. Switching it off and on again keeps the times. */
export function QuietHoursSetting({ quietHours, onChange }: QuietHoursSettingProps) {
  const t = useTranslator();
  const [last, setLast] = useState(quietHours ?? NIGHT);
  const change = (next: QuietHours) => {
    setLast(next);
    onChange(next);
  };
  return (
    <div>
      <SettingSwitch
        label={t.text('settings.quietHours')}
        help={t.text('settings.quietHours.text')}
        isSelected={quietHours !== null}
        onChange={(isOn) => onChange(isOn ? last : null)}
      />
      {quietHours && (
        <div className="setting-times">
          <TimeField
            label={t.text('settings.quietHours.from')}
            value={timeOf(quietHours.fromMinute)}
            onChange={(time) => change({ ...quietHours, fromMinute: minuteOf(time) })}
          />
          <TimeField
            label={t.text('settings.quietHours.to')}
            value={timeOf(quietHours.toMinute)}
            onChange={(time) => change({ ...quietHours, toMinute: minuteOf(time) })}
          />
          <span className="setting-help" role="status">
            {quietHours.toMinute < quietHours.fromMinute && t.text('settings.quietHours.nextDay')}
            {quietHours.toMinute === quietHours.fromMinute && t.text('settings.quietHours.same')}
          </span>
        </div>
      )}
    </div>
  );
}
