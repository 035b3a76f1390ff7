import type { ExecutionStep } from '../../../../preload/contract';
import { displayText } from '../../components/display-text';
import { Quote } from '../../components/quote';
import { useServiceName, useTranslator } from '../../state/context';
import { stepNote, stepTitle, stepTone } from '../../state/execution-text';
import { DisclosedText } from './disclosed-text';

function Step({ step, serviceId }: { step: ExecutionStep; serviceId: string }) {
  const t = useTranslator();
  const service = useServiceName(serviceId);
  const title = displayText(stepTitle(t, step));
  const isComing = step.remoteStatus === null && step.output === null && step.phase === null;
  const inputLabel = t.text(isComing ? 'execution.step.planned' : 'execution.step.input');
  const copyLabel = (what: string) => `${t.text('execution.copy')}: ${title}, ${what}`;
  const cutNote = t.text('execution.text.cut', { service });
  return (
    <li className="execution-step" data-tone={stepTone(step)} data-coming={isComing || undefined}>
      <span className="execution-step-number" aria-hidden="true">
        {t.number(step.position)}
      </span>
      <div className="execution-step-body">
        <p className="execution-step-title">
          <bdi>{title}</bdi>
          <span className="execution-step-state">
            {isComing ? t.text('execution.step.coming') : stepNote(t, step, Date.now())}
          </span>
        </p>
        {step.failure && <Quote service={serviceId}>{step.failure}</Quote>}
        {step.input && (
          <DisclosedText
            label={inputLabel}
            copyLabel={copyLabel(inputLabel)}
            cutNote={cutNote}
            text={step.input}
          />
        )}
        {step.output && (
          <DisclosedText
            label={t.text('execution.step.output')}
            copyLabel={copyLabel(t.text('execution.step.output'))}
            cutNote={cutNote}
            text={step.output}
          />
        )}
      </div>
    </li>
  );
}

/** The steps of an execution: those done, and those still to come. */
export function ExecutionSteps({
  steps,
  serviceId,
}: {
  steps: ExecutionStep[];
  serviceId: string;
}) {
  const t = useTranslator();
  const service = useServiceName(serviceId);
  return (
    <section>
      <h3 className="detail-heading">{t.text('execution.steps')}</h3>
      {steps.length === 0 ? (
        <p className="dialog-text">{t.text('execution.steps.none', { service })}</p>
      ) : (
        <ol className="execution-steps">
          {steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a service may number two steps alike.
            <Step key={index} step={step} serviceId={serviceId} />
          ))}
        </ol>
      )}
    </section>
  );
}
