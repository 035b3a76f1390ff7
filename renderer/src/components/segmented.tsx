import { Label, Radio, RadioGroup, Text } from 'react-aria-components';

interface SegmentedProps<T extends string> {
  label: string;
  isLabelVisible?: boolean;
  /** Explains the current choice. */
  help?: string;
  value: T;
  options: readonly { id: T; name: string; count?: string }[];
  onChange: (id: T) => void;
}

/** One choice out of two to four, all visible. */
export function Segmented<T extends string>({
  label,
  isLabelVisible = false,
  help,
  value,
  options,
  onChange,
}: SegmentedProps<T>) {
  return (
    <RadioGroup
      className="segmented-field"
      orientation="horizontal"
      aria-label={isLabelVisible ? undefined : label}
      value={value}
      onChange={(id) => onChange(id as T)}
    >
      {isLabelVisible && <Label className="field-label">{label}</Label>}
      <div className="segmented">
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className="segment">
            {option.name}
            {option.count !== undefined && <span className="segment-count">{option.count}</span>}
          </Radio>
        ))}
      </div>
      {help && (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
    </RadioGroup>
  );
}
