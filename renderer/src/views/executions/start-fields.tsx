import { Checkbox } from '../../components/checkbox';
import { LongTextField } from '../../components/long-text-field';
import { Segmented } from '../../components/segmented';
import { Select } from '../../components/select';
import { TextField } from '../../components/text-field';
import { useTranslator } from '../../state/context';
import { languageChoices } from '../../state/languages';
import type { DraftField, DraftProblems, StartDraft } from '../../state/start-draft';
import { MAX_LINK_LENGTH } from '../../state/web-link';
import { Picker } from './picker';

const ANY = ' ';
const MAX_TEXT_LENGTH = 1_000_000;

interface StartFieldsProps {
  draft: StartDraft;
  problems: DraftProblems;
  service: string;
  accountId: string;
  onChange: (change: Partial<StartDraft>) => void;
}

/** The fields of each kind of start. */
export function StartFields(props: StartFieldsProps) {
  return props.draft.kind === 'transcript' ? (
    <TranscriptFields {...props} />
  ) : (
    <ReporterFields {...props} />
  );
}

function useErrors(problems: DraftProblems): (field: DraftField) => string | null {
  const t = useTranslator();
  return (field) => {
    const problem = problems[field];
    return problem ? t.text(`start.problem.${problem}`) : null;
  };
}

function TranscriptFields({ draft, problems, service, accountId, onChange }: StartFieldsProps) {
  const t = useTranslator();
  const errorOf = useErrors(problems);
  const pick = { service, accountId, reporterId: '' };
  return (
    <>
      <Segmented
        label={t.text('start.from')}
        isLabelVisible
        value={draft.from}
        options={[
          { id: 'link', name: t.text('start.from.link') },
          { id: 'item', name: t.text('start.from.item', { service }) },
        ]}
        onChange={(from) => onChange({ from })}
      />
      {draft.from === 'link' ? (
        <TextField
          label={t.text('start.link')}
          type="url"
          value={draft.link}
          maxLength={MAX_LINK_LENGTH}
          autoFocus={draft.link === ''}
          error={errorOf('link')}
          onChange={(link) => onChange({ link })}
        />
      ) : (
        <Picker
          {...pick}
          verb="executions.items"
          label={t.text('start.item')}
          value={draft.itemId}
          error={errorOf('itemId')}
          onChange={(itemId) => onChange({ itemId })}
        />
      )}
      <Select
        label={t.text('start.lang')}
        value={draft.lang === '' ? ANY : draft.lang}
        options={[{ id: ANY, name: t.text('start.lang.any') }, ...languageChoices(t.language)]}
        onChange={(id) => onChange({ lang: id === ANY ? '' : id })}
      />
      <Checkbox
        isSelected={draft.embed}
        help={draft.embed ? t.text('start.embed.help', { service }) : undefined}
        onChange={(embed) => onChange({ embed })}
      >
        {t.text('start.embed')}
      </Checkbox>
      <Checkbox isSelected={draft.hasText} onChange={(hasText) => onChange({ hasText })}>
        {t.text('start.ownText')}
      </Checkbox>
      {draft.hasText && (
        <LongTextField
          label={t.text('start.text')}
          help={t.text('start.ownText.help', { service })}
          value={draft.text}
          maxLength={MAX_TEXT_LENGTH}
          error={errorOf('text')}
          autoFocus
          onChange={(text) => onChange({ text })}
        />
      )}
    </>
  );
}

function ReporterFields({ draft, problems, service, accountId, onChange }: StartFieldsProps) {
  const t = useTranslator();
  const errorOf = useErrors(problems);
  const pick = { service, accountId, reporterId: draft.reporterId };
  return (
    <>
      {draft.kind === 'source' && (
        <TextField
          label={t.text('start.source')}
          help={t.text('start.source.help')}
          value={draft.source}
          maxLength={MAX_LINK_LENGTH}
          autoFocus={draft.source === ''}
          error={errorOf('source')}
          onChange={(source) => onChange({ source })}
        />
      )}
      <Picker
        {...pick}
        verb="executions.reporters"
        reporterId=""
        label={t.text('start.reporter')}
        value={draft.reporterId}
        error={errorOf('reporterId')}
        // The workflow and the schedule belong to the previous reporter.
        onChange={(reporterId) => onChange({ reporterId, workflowId: '', scheduleId: '' })}
      />
      {draft.kind === 'collection' && (
        <Picker
          {...pick}
          verb="executions.collections"
          reporterId=""
          label={t.text('start.collection')}
          value={draft.collectionId}
          error={errorOf('collectionId')}
          nameOf={(choice) =>
            choice.itemCount == null
              ? (choice.name ?? choice.id)
              : t.text('start.collection.count', {
                  name: choice.name ?? choice.id,
                  count: choice.itemCount,
                })
          }
          onChange={(collectionId) => onChange({ collectionId })}
        />
      )}
      {draft.kind === 'schedule' && draft.reporterId !== '' && (
        <Picker
          {...pick}
          verb="executions.schedules"
          label={t.text('start.schedule')}
          value={draft.scheduleId}
          error={errorOf('scheduleId')}
          nameOf={(choice) =>
            choice.enabled === false
              ? t.text('start.schedule.off', { name: choice.name ?? choice.id })
              : (choice.name ?? choice.id)
          }
          onChange={(scheduleId) => onChange({ scheduleId })}
        />
      )}
      {draft.kind !== 'schedule' && draft.reporterId !== '' && (
        <Picker
          {...pick}
          verb="executions.workflows"
          label={t.text('start.workflow')}
          none={t.text('start.workflow.default')}
          value={draft.workflowId}
          error={null}
          onChange={(workflowId) => onChange({ workflowId })}
        />
      )}
    </>
  );
}
