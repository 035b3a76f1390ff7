import {
  TextField as AriaTextField,
  FieldError,
  Label,
  Text,
  TextArea,
} from 'react-aria-components';

interface LongTextFieldProps {
  label: string;
  value: string;
  error?: string | null;
  help?: string;
  maxLength: number;
  autoFocus?: boolean;
  onChange: (value: string) => void;
}

/** A multi-line text field. */
export function LongTextField({
  label,
  value,
  error,
  help,
  maxLength,
  autoFocus,
  onChange,
}: LongTextFieldProps) {
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
      <TextArea className="input input-area" rows={6} spellCheck={false} />
      {help && !error && (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  );
}
