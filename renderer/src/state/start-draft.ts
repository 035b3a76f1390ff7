import type { StartForm } from '../../../preload/contract';
import { checkLink, type LinkProblem } from './web-link';

export type StartKind = StartForm['kind'];
export const START_KINDS: readonly StartKind[] = ['transcript', 'source', 'collection', 'schedule'];

/** The start form, which may be incomplete; fields of other kinds are kept in case the user goes back. */
export interface StartDraft {
  kind: StartKind;
  /** The source of a transcript. */
  from: 'link' | 'item';
  link: string;
  itemId: string;
  /** A link or a name for a reporter. */
  source: string;
  reporterId: string;
  /** Empty for the reporter's own choice. */
  workflowId: string;
  collectionId: string;
  scheduleId: string;
  /** Empty for the spoken language. */
  lang: string;
  embed: boolean;
  hasText: boolean;
  text: string;
}

export type DraftField =
  | 'link'
  | 'itemId'
  | 'source'
  | 'reporterId'
  | 'collectionId'
  | 'scheduleId'
  | 'text';
type DraftProblem = LinkProblem | 'not-source';
export type DraftProblems = Partial<Record<DraftField, DraftProblem>>;

/** A new draft, with a link or a name filled in if one is known. */
export function newDraft(source: string | null): StartDraft {
  const given = source ?? '';
  // A transcript needs one video; the name of a channel is for a reporter.
  const isName = given.startsWith('@');
  return {
    kind: isName ? 'source' : 'transcript',
    from: 'link',
    link: isName ? '' : given,
    itemId: '',
    source: given,
    reporterId: '',
    workflowId: '',
    collectionId: '',
    scheduleId: '',
    lang: '',
    embed: false,
    hasText: false,
    text: '',
  };
}

/** The source for a reporter, or what is wrong with it. */
export function checkSource(text: string): { source: string } | { problem: DraftProblem } {
  const trimmed = text.trim();
  if (/^@[\p{L}\p{N}_.-]{1,100}$/u.test(trimmed)) return { source: trimmed };
  const checked = checkLink(trimmed);
  if ('url' in checked) return { source: checked.url };
  return { problem: checked.problem === 'not-web' ? 'not-source' : checked.problem };
}

/** The form as it is, complete or not, to ask what it would cost. */
export function draftForm(draft: StartDraft): StartForm {
  const { kind, reporterId, collectionId, scheduleId, source } = draft;
  const workflowId = draft.workflowId === '' ? null : draft.workflowId;
  switch (kind) {
    case 'transcript': {
      const text = draft.hasText && draft.text.trim() !== '' ? draft.text : null;
      const item = draft.from === 'item' ? { id: draft.itemId } : { source: draft.link };
      return { kind, item, lang: draft.lang === '' ? null : draft.lang, embed: draft.embed, text };
    }
    case 'source':
      return { kind, reporterId, source, workflowId };
    case 'collection':
      return { kind, reporterId, collectionId, workflowId };
    case 'schedule':
      return { kind, reporterId, scheduleId };
  }
}

/** The form to send, or what is still missing or wrong, field by field. */
export function checkDraft(draft: StartDraft): { form: StartForm } | { problems: DraftProblems } {
  const problems: DraftProblems = {};
  const trimmed = { ...draft };
  const need = (field: 'itemId' | 'reporterId' | 'collectionId' | 'scheduleId') => {
    trimmed[field] = draft[field].trim();
    if (trimmed[field] === '') problems[field] = 'empty';
  };
  if (draft.kind !== 'transcript') need('reporterId');
  if (draft.kind === 'collection') need('collectionId');
  if (draft.kind === 'schedule') need('scheduleId');
  if (draft.kind === 'transcript' && draft.from === 'item') need('itemId');
  if (draft.kind === 'transcript' && draft.from === 'link') {
    const checked = checkLink(draft.link);
    if ('url' in checked) trimmed.link = checked.url;
    else problems.link = checked.problem;
  }
  if (draft.kind === 'transcript' && draft.hasText && draft.text.trim() === '') {
    problems.text = 'empty';
  }
  if (draft.kind === 'source') {
    const checked = checkSource(draft.source);
    if ('source' in checked) trimmed.source = checked.source;
    else problems.source = checked.problem;
  }
  trimmed.workflowId = draft.workflowId.trim();
  return Object.keys(problems).length > 0 ? { problems } : { form: draftForm(trimmed) };
}
