import { Search, X } from 'lucide-react';
import { Button as AriaButton, SearchField as AriaSearchField, Input } from 'react-aria-components';
import { useTranslator } from '../state/context';

/** Main refuses a longer query. */
const MAX_LENGTH = 200;

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** Searches a list for a text. Escape clears it. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const t = useTranslator();
  return (
    <AriaSearchField
      className="search"
      aria-label={label}
      value={value}
      maxLength={MAX_LENGTH}
      onChange={onChange}
    >
      <Search size={14} aria-hidden className="search-icon" />
      <Input className="input" placeholder={label} spellCheck={false} />
      {value !== '' && (
        <AriaButton
          className="button button-quiet button-icon search-clear"
          aria-label={t.text('jobs.search.clear')}
        >
          <X size={13} aria-hidden />
        </AriaButton>
      )}
    </AriaSearchField>
  );
}
