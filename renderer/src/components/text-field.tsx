import { TextField as AriaTextField, FieldError, Input, Label } from 'react-aria-components';

interface TextFieldProps {
  label: string;
  value: string;
  error?: string | null;
  maxLength: number;
  autoFocus?: boolean;
  onChange: (value: string) => void;
}

/** One line of text that is no secret. Secrets go into `KeyField`. */
export function TextField({ label, value, error, maxLength, autoFocus, onChange }: TextFieldProps) {
  return (
    <AriaTextField
      className="field"
      value={value}
      onChange={onChange}
      maxLength={maxLength}
      autoFocus={autoFocus}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className="field-label">{label}</Label>
      <Input className="input" autoComplete="off" spellCheck={false} />
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  );
}
