import { useEffect, useId, useRef, useState } from 'react';

/** While an hour is typed digit by digit, the field holds times that nobody means. */
const TYPING_MS = 600;

interface TimeFieldProps {
  label: string;
  /** In the format of a time field: `22:00`. */
  value: string;
  onChange: (time: string) => void;
}

/** A time of day. It is taken once typing has paused, or when the field is left. */
export function TimeField({ label, value, onChange }: TimeFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => setDraft(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const take = (time: string) => {
    clearTimeout(timer.current);
    if (time === '') setDraft(value);
    else if (time !== value) onChange(time);
  };
  return (
    <span className="time-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        type="time"
        required
        value={draft}
        onChange={(event) => {
          const time = event.target.value;
          setDraft(time);
          clearTimeout(timer.current);
          if (time !== '') timer.current = setTimeout(() => take(time), TYPING_MS);
        }}
        onBlur={() => take(draft)}
      />
    </span>
  );
}
