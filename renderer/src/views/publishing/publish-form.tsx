import type { Platform, PublishBrand } from '../../../../preload/contract';
import { LongTextField } from '../../components/long-text-field';
import { Segmented } from '../../components/segmented';
import { Select } from '../../components/select';
import { useTranslator } from '../../state/context';
import {
  MAX_LOCAL_FIELD,
  type PublishDraft,
  type TimeProblem,
  toLocalField,
} from '../../state/publish-draft';
import { AspectChoice } from './aspect-choice';
import { PlatformChoice } from './platform-choice';

const MAX_TEXT_LENGTH = 10_000;
/** The entry of the list for the clip's own brand. */
const OF_CLIP = '';

interface PublishFormProps {
  draft: PublishDraft;
  brands: PublishBrand[];
  platforms: readonly Platform[];
  timeProblem: TimeProblem | null;
  onChange: (change: Partial<PublishDraft>) => void;
}

function TimeChoice({
  value,
  problem,
  onChange,
}: {
  value: string;
  problem: TimeProblem | null;
  onChange: (value: string) => void;
}) {
  const t = useTranslator();
  return (
    <div className="field">
      <label className="field-label" htmlFor="publish-time">
        {t.text('publish.time')}
      </label>
      <input
        id="publish-time"
        className="input"
        type="datetime-local"
        value={value}
        min={toLocalField(Date.now())}
        max={MAX_LOCAL_FIELD}
        aria-invalid={problem !== null}
        aria-describedby="publish-time-help"
        onChange={(event) => onChange(event.target.value)}
      />
      <p
        id="publish-time-help"
        className={problem === null ? 'field-help' : 'field-error'}
        role={problem === null ? undefined : 'alert'}
      >
        {problem === null
          ? t.text('publish.time.help', { zone: t.zone(Date.now()) })
          : t.text(`publish.time.${problem}`)}
      </p>
    </div>
  );
}

/** The fields of a post. */
export function PublishForm({ draft, brands, platforms, timeProblem, onChange }: PublishFormProps) {
  const t = useTranslator();
  const withSlug = brands.filter(({ slug }) => slug !== null);
  return (
    <>
      <Segmented
        label={t.text('publish.mode')}
        isLabelVisible
        help={t.text(`publish.mode.${draft.mode}.help`)}
        value={draft.mode}
        options={(['publish', 'schedule', 'draft'] as const).map((id) => ({
          id,
          name: t.text(`publish.mode.${id}`),
        }))}
        onChange={(mode) => onChange({ mode })}
      />
      {draft.mode === 'schedule' && (
        <TimeChoice
          value={draft.scheduledAt}
          problem={timeProblem}
          onChange={(scheduledAt) => onChange({ scheduledAt })}
        />
      )}
      {withSlug.length > 1 && (
        <Select
          label={t.text('publish.brand')}
          value={draft.brandSlug ?? OF_CLIP}
          options={[
            { id: OF_CLIP, name: t.text('publish.brand.clip') },
            ...withSlug.map(({ slug, name }) => ({ id: slug ?? '', name })),
          ]}
          onChange={(id) => onChange({ brandSlug: id === OF_CLIP ? null : id, platforms: [] })}
        />
      )}
      <PlatformChoice platforms={platforms} draft={draft} onChange={onChange} />
      <LongTextField
        label={t.text('publish.text')}
        help={t.text('publish.text.help')}
        value={draft.text}
        maxLength={MAX_TEXT_LENGTH}
        onChange={(text) => onChange({ text })}
      />
      <AspectChoice
        value={draft.aspectRatio}
        onChange={(aspectRatio) => onChange({ aspectRatio })}
      />
    </>
  );
}
