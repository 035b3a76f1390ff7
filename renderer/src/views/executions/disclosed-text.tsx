import { ChevronRight, Copy } from 'lucide-react';
import { Button as AriaButton, Disclosure, DisclosurePanel } from 'react-aria-components';
import type { LongText } from '../../../../preload/contract';
import { IconButton } from '../../components/button';
import { useTranslator } from '../../state/context';
import { useCopy } from './use-copy';

/** From this many characters on, the size is shown. */
const LONG_LENGTH = 10_000;

interface DisclosedTextProps {
  /** What the text is. */
  label: string;
  copyLabel: string;
  /** Shown when the text was cut. */
  cutNote: string;
  text: LongText;
  isCode?: boolean;
}

/** A long text from the service, collapsed until somebody wants to read it. */
export function DisclosedText({ label, copyLabel, cutNote, text, isCode }: DisclosedTextProps) {
  const t = useTranslator();
  const copy = useCopy();
  return (
    <Disclosure className="disclosure disclosed-text">
      <div className="disclosed-text-head">
        <AriaButton slot="trigger" className="disclosure-button">
          <ChevronRight size={14} aria-hidden className="chevron" />
          {label}
        </AriaButton>
        {text.text.length >= LONG_LENGTH && (
          <span className="disclosed-text-size">{t.size(text.text.length)}</span>
        )}
        <IconButton
          label={copyLabel}
          tip={t.text('execution.copy')}
          onPress={() => copy(text.text)}
        >
          <Copy size={14} aria-hidden />
        </IconButton>
      </div>
      <DisclosurePanel>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard. */}
        <pre className="disclosed-text-pre" data-code={isCode || undefined} tabIndex={0}>
          <bdi>{text.text}</bdi>
        </pre>
        {text.cut && <p className="field-help">{cutNote}</p>}
      </DisclosurePanel>
    </Disclosure>
  );
}
