import { useState } from 'react';
import type { ClipLine, ClipRecord, RenderOutcome } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Segmented } from '../../components/segmented';
import { TextField } from '../../components/text-field';
import type { ClipRef, RequestedRender } from '../../state/clip-actions';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';
import { CheckAnswers } from './check-answers';
import { isUnderWay, renderOf } from './clip-renders';
import { type CheckAnswer, useCreditCheck } from './use-credit-check';

const MAX_TEMPLATE_LENGTH = 200;
type Captions = 'service' | 'with' | 'without';
const CAPTIONS: Record<Captions, boolean | null> = { service: null, with: true, without: false };

interface RenderFormProps {
  clip: ClipRecord;
  clipRef: ClipRef;
  line: ClipLine | null;
  chosen: ReadonlySet<string>;
  onRendered: (outcomes: RenderOutcome[]) => void;
}

/** Chooses how the parts are rendered, and checks the credit before anything is spent. */
export function RenderForm({ clip, clipRef, line, chosen, onRendered }: RenderFormProps) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const serviceId = useAppState((state) => state.accounts[clipRef.accountId]?.service ?? null);
  const service = useServiceName(serviceId);
  const [template, setTemplate] = useState('');
  const [captions, setCaptions] = useState<Captions>('service');
  const [isSending, setIsSending] = useState(false);
  const credit = useCreditCheck(clipRef);
  const ids = [...chosen];
  const hasParts = (clip.candidates?.length ?? 0) > 0;
  const isWhole = !hasParts && line?.stage === 'ready';
  if (!hasParts && !isWhole) return null;

  const requested: RequestedRender[] = isWhole
    ? [{ candidateId: null, renderJobId: null }]
    : ids.map((id) => ({ candidateId: id, renderJobId: renderOf(line, id)?.jobId ?? null }));
  const again = ids.filter((id) => renderOf(line, id)?.phase === 'done').length;
  const answers: CheckAnswer[] | null = credit.answersFor(ids);

  const submit = async () => {
    setIsSending(true);
    const outcomes = await actions.submitRenders(clipRef, requested, {
      editRevision: clip.editRevision,
      template: template.trim() === '' ? null : template.trim(),
      captions: CAPTIONS[captions],
    });
    setIsSending(false);
    credit.clear();
    if (outcomes) onRendered(outcomes);
  };

  if (ids.length === 0 && !isWhole)
    return <p className="dialog-text">{t.text('clip.chooseParts')}</p>;
  return (
    <section className="render-form" aria-label={t.text('clip.render')}>
      <div className="render-choices">
        <TextField
          label={t.text('clip.template')}
          help={t.text('clip.template.help', { service })}
          value={template}
          maxLength={MAX_TEMPLATE_LENGTH}
          onChange={setTemplate}
        />
        <Segmented
          label={t.text('clip.captions')}
          isLabelVisible
          value={captions}
          options={(['service', 'with', 'without'] as const).map((id) => ({
            id,
            name: t.text(`clip.captions.${id}`),
          }))}
          onChange={setCaptions}
        />
      </div>
      {answers && <CheckAnswers answers={answers} serviceId={serviceId} />}
      {again > 0 && (
        <p className="dialog-text">{t.text('clip.renderedAlready', { count: again })}</p>
      )}
      {ids.some((id) => isUnderWay(renderOf(line, id))) && (
        <p className="dialog-text">{t.text('clip.underWay')}</p>
      )}
      <div className="render-submit">
        <span>{t.text('render.cost', { service })}</span>
        {answers || isWhole ? (
          <Button variant="primary" isPending={isSending} onPress={() => void submit()}>
            {isWhole
              ? t.text('render.whole.button')
              : t.text('clip.renderNow', { count: ids.length })}
          </Button>
        ) : (
          <Button isPending={credit.isChecking} onPress={() => void credit.check(ids)}>
            {t.text('clip.check', { count: ids.length })}
          </Button>
        )}
      </div>
    </section>
  );
}
