import { Check, ChevronDown } from 'lucide-react';
import {
  Select as AriaSelect,
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';

interface SelectProps {
  label: string;
  placeholder?: string;
  value: string | null;
  options: { id: string; name: string }[];
  onChange: (id: string) => void;
}

/** One choice out of a few, in a list that opens. */
export function Select({ label, placeholder, value, options, onChange }: SelectProps) {
  return (
    <AriaSelect
      className="field"
      placeholder={placeholder}
      value={value}
      onChange={(key) => {
        if (key !== null) onChange(String(key));
      }}
    >
      <Label className="field-label">{label}</Label>
      <Button className="input select-button">
        <SelectValue className="select-value" />
        <ChevronDown size={14} aria-hidden />
      </Button>
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
