import { ChevronRight } from 'lucide-react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { KeyHeader } from '../../../../preload/contract';
import { Segmented } from '../../components/segmented';
import { useTranslator } from '../../state/context';

interface AdvancedChoiceProps {
  headers: KeyHeader[];
  value: KeyHeader;
  onChange: (header: KeyHeader) => void;
}

/** The header that carries the key: collapsed, since the first one nearly always fits. */
export function AdvancedChoice({ headers, value, onChange }: AdvancedChoiceProps) {
  const t = useTranslator();
  return (
    <Disclosure className="disclosure">
      <Heading className="disclosure-heading">
        <AriaButton slot="trigger" className="disclosure-button">
          <ChevronRight size={14} aria-hidden className="chevron" />
          {t.text('addAccount.advanced')}
        </AriaButton>
      </Heading>
      <DisclosurePanel>
        <Segmented
          label={t.text('account.header')}
          isLabelVisible
          value={value}
          options={headers.map((id) => ({ id, name: t.text(`header.${id}`) }))}
          onChange={onChange}
        />
      </DisclosurePanel>
    </Disclosure>
  );
}
