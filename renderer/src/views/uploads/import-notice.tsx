import type { ImportOutcome, ServiceProblem } from '../../../../preload/contract';
import { FormNotice } from '../../components/form-notice';
import { Quote } from '../../components/quote';
import { useServiceName, useTranslator } from '../../state/context';

// The help texts of these promise that watching goes on by itself. An import does not.
const PASSING: ReadonlySet<string> = new Set<ServiceProblem>([
  'keychain-locked',
  'keychain-silent',
  'rate-limited',
  'service-fault',
  'not-json',
  'malformed',
  'too-large',
  'unreachable',
  'timed-out',
]);

/** Why an import did not start, or that it is not known whether it did. */
export function ImportNotice({
  outcome,
  serviceId,
}: {
  outcome: ImportOutcome;
  serviceId: string | null;
}) {
  const t = useTranslator();
  const service = useServiceName(serviceId);
  if (outcome.outcome === 'started') return null;
  const problem = t.text(`problem.${outcome.problem}`, { service });
  if (outcome.outcome === 'unsure') {
    return (
      <FormNotice tone="attention" isAlert>
        <strong>{t.text('import.unsure')}</strong>
        <p>
          {problem} {t.text('import.unsure.text')}
        </p>
      </FormNotice>
    );
  }
  return (
    <FormNotice tone="failed" isAlert>
      <strong>
        {t.text('import.refused')} {problem}
      </strong>
      <p>
        {PASSING.has(outcome.problem)
          ? t.text('import.later')
          : t.text(`problem.${outcome.problem}.help`, { service })}
      </p>
      {outcome.remoteText && <Quote service={serviceId}>{outcome.remoteText}</Quote>}
    </FormNotice>
  );
}
