import { Megaphone } from 'lucide-react';
import type { PostTiming, PublishBrand } from '../../../../preload/contract';
import { useTranslator } from '../../state/context';
import { comesTwice, type PublishDraft } from '../../state/publish-draft';

interface PublishSummaryProps {
  draft: PublishDraft;
  brand: PublishBrand | null;
  platforms: string[];
  /** Platforms to which nothing can be posted, since their connection is over. */
  over: string[];
  timing: PostTiming;
  service: string;
}

/** Says plainly what will happen, while the user can still go back. */
export function PublishSummary(props: PublishSummaryProps) {
  const { draft, brand, platforms, over, timing, service } = props;
  const t = useTranslator();
  const { mode, scheduledAtMs } = timing;
  const time = scheduledAtMs === null ? null : t.zonedTime(scheduledAtMs, Date.now());
  const facts = [
    {
      name: t.text('publish.platforms'),
      value: platforms.length > 0 ? platforms.join(', ') : t.text('publish.byService', { service }),
    },
    { name: t.text('publish.brand'), value: brand?.name ?? t.text('publish.brand.clip') },
    ...(time === null ? [] : [{ name: t.text('publish.time'), value: time }]),
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
        {time !== null
          ? t.text('publish.warning.schedule', { service, time })
          : t.text(`publish.warning.${mode}`, { service })}
      </p>
      {scheduledAtMs !== null && comesTwice(scheduledAtMs) && (
        <p className="dialog-text">
          {t.text('publish.time.twice', { zone: t.zone(scheduledAtMs) })}
        </p>
      )}
      {over.length > 0 && (
        <p className="dialog-text">
          {t.text('publish.over', { service, platforms: over.join(', ') })}
        </p>
      )}
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
