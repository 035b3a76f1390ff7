import { TextField as AriaTextField, FieldError, Input, Label, Text } from 'react-aria-components';

interface TextFieldProps {
  label: string;
  value: string;
  error?: string | null;
  help?: string;
  type?: 'text' | 'url';
  maxLength: number;
  autoFocus?: boolean;
  onChange: (value: string) => void;
}

/** One line of text that is not secret. Secrets go into `KeyField`. */
export function TextField({
  label,
  value,
  error,
  help,
  type = 'text',
  maxLength,
  autoFocus,
  onChange,
}: TextFieldProps) {
  return (
    <AriaTextField
      className="field"
      type={type}
      value={value}
      onChange={onChange}
      maxLength={maxLength}
      autoFocus={autoFocus}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className="field-label">{label}</Label>
      <Input className="input" autoComplete="off" spellCheck={false} />
      {help && !error && (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  );
}
