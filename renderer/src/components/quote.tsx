import { useServiceName, useTranslator } from '../state/context';

/** A quote from a service. Always shown as plain text, even if it looks like markup. */
export function Quote({ service, children }: { service: string | null; children: string }) {
  const t = useTranslator();
  const name = useServiceName(service);
  return (
    <figure className="quote">
      <figcaption>{t.text('line.says', { service: name })}</figcaption>
      <blockquote>
        <bdi>{children}</bdi>
      </blockquote>
    </figure>
  );
}
