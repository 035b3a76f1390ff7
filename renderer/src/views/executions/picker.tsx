import { useState } from 'react';
import { Button } from '../../components/button';
import { displayText } from '../../components/display-text';
import { Select } from '../../components/select';
import { TextField } from '../../components/text-field';
import { useTranslator } from '../../state/context';
import { type AnyChoice, type ChoicesVerb, useChoices } from './use-choices';

interface PickerProps {
  verb: ChoicesVerb;
  label: string;
  service: string;
  accountId: string;
  reporterId: string;
  value: string;
  error: string | null;
  /** The entry for choosing nothing, if that is allowed. */
  none?: string;
  nameOf?: (choice: AnyChoice) => string;
  onChange: (id: string) => void;
}

const MAX_ID_LENGTH = 300;
const NONE = ' ';

/** A choice from a list of the service. If there is no list, or on request, an id is typed instead. */
export function Picker(props: PickerProps) {
  const { verb, label, service, accountId, reporterId, value, error, none, onChange } = props;
  const t = useTranslator();
  const read = useChoices(verb, accountId, reporterId);
  const [isTyped, setIsTyped] = useState(false);
  const list = read && 'value' in read && read.value.readable ? read.value : null;
  const choices = list?.choices ?? [];
  const nameOf = (choice: AnyChoice) =>
    displayText(props.nameOf?.(choice) ?? choice.name ?? choice.id);

  const note = () => {
    if (!read) return undefined;
    if ('problem' in read) {
      return t.text('pick.failed', { problem: t.text(`problem.${read.problem}`, { service }) });
    }
    if (!read.value.readable) return t.text('pick.unreadable', { service });
    if (choices.length === 0) return t.text('pick.empty', { service });
    return read.value.complete ? undefined : t.text('pick.incomplete');
  };

  const waits = read === undefined && !isTyped;
  const canPick = waits || choices.length > 0;
  if (canPick && !isTyped) {
    const options = choices.map((choice) => ({ id: choice.id, name: nameOf(choice) }));
    return (
      <div className="picker">
        <Select
          label={label}
          placeholder={t.text(waits ? 'pick.loading' : 'pick.choose')}
          error={error}
          value={value === '' ? (none === undefined ? null : NONE) : value}
          options={none === undefined ? options : [{ id: NONE, name: none }, ...options]}
          onChange={(id) => onChange(id === NONE ? '' : id)}
        />
        <div className="picker-foot">
          {note() && <span className="field-help">{note()}</span>}
          <Button variant="quiet" size="small" onPress={() => setIsTyped(true)}>
            {t.text('pick.byId')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="picker">
      <TextField
        label={t.text('pick.id', { what: label })}
        value={value}
        maxLength={MAX_ID_LENGTH}
        error={error}
        help={note() ?? none}
        autoFocus={isTyped}
        onChange={onChange}
      />
      {choices.length > 0 && (
        <div className="picker-foot">
          <Button
            variant="quiet"
            size="small"
            onPress={() => {
              setIsTyped(false);
              if (!choices.some(({ id }) => id === value)) onChange('');
            }}
          >
            {t.text('pick.byList')}
          </Button>
        </div>
      )}
    </div>
  );
}
