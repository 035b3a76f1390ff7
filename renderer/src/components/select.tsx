import { Check, ChevronDown } from 'lucide-react';
import {
  Select as AriaSelect,
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';

interface SelectProps {
  label: string;
  isLabelVisible?: boolean;
  error?: string | null;
  placeholder?: string;
  value: string | null;
  options: { id: string; name: string }[];
  onChange: (id: string) => void;
}

/** One choice out of a few, in a drop-down list. */
export function Select({
  label,
  isLabelVisible = true,
  error,
  placeholder,
  value,
  options,
  onChange,
}: SelectProps) {
  return (
    <AriaSelect
      className="field"
      aria-label={isLabelVisible ? undefined : label}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      placeholder={placeholder}
      value={value}
      onChange={(key) => {
        if (key !== null) onChange(String(key));
      }}
    >
      {isLabelVisible && <Label className="field-label">{label}</Label>}
      <Button className="input select-button">
        <SelectValue className="select-value" />
        <ChevronDown size={14} aria-hidden />
      </Button>
      <FieldError className="field-error">{error}</FieldError>
      <Popover className="popover" offset={4}>
        <ListBox className="menu" items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.name} className="menu-item">
              {({ isSelected }) => (
                <>
                  <bdi className="menu-item-text">{option.name}</bdi>
                  {isSelected && <Check size={14} aria-hidden />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
