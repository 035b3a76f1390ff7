import { Megaphone } from 'lucide-react';
import type { PublishBrand } from '../../../../preload/contract';
import { useTranslator } from '../../state/context';
import type { PublishDraft } from '../../state/publish-draft';

interface PublishSummaryProps {
  draft: PublishDraft;
  brand: PublishBrand | null;
  platforms: string[];
  scheduledAtMs: number | null;
  service: string;
}

/** Says plainly what will happen, while the user can still go back. */
export function PublishSummary(props: PublishSummaryProps) {
  const { draft, brand, platforms, scheduledAtMs, service } = props;
  const t = useTranslator();
  const facts = [
    {
      name: t.text('publish.platforms'),
      value: platforms.length > 0 ? platforms.join(', ') : t.text('publish.byService', { service }),
    },
    { name: t.text('publish.brand'), value: brand?.name ?? t.text('publish.brand.clip') },
    ...(scheduledAtMs === null
      ? []
      : [{ name: t.text('publish.time'), value: t.clock(scheduledAtMs, Date.now()) }]),
    {
      name: t.text('publish.aspect'),
      value: draft.aspectRatio ?? t.text('publish.aspect.service'),
    },
    {
      name: t.text('publish.text'),
      value: draft.text.trim() === '' ? t.text('publish.text.none') : draft.text,
    },
  ];
  return (
    <>
      <p className="publish-warning" data-tone="attention">
        <Megaphone size={16} aria-hidden />
        {t.text(`publish.warning.${draft.mode}`, {
          service,
          time: scheduledAtMs === null ? '' : t.time(scheduledAtMs, Date.now()),
        })}
      </p>
      <dl className="facts publish-facts">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
