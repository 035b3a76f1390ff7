import { useServiceName, useTranslator } from '../state/context';

/** A service's own words, marked as such. They are text, whatever they look like. */
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
