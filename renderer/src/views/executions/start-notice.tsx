import type { ServiceProblem, StartOutcome } from '../../../../preload/contract';
import { BalanceLink } from '../../components/balance-link';
import { FormNotice } from '../../components/form-notice';
import { Quote } from '../../components/quote';
import { useServiceName, useTranslator } from '../../state/context';

// The help texts of these promise that watching goes on by itself. A start does not.
const PASSING: ReadonlySet<ServiceProblem> = new Set<ServiceProblem>([
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

/** Why nothing was started, or what is known when there was no clear answer. */
export function StartNotice({
  outcome,
  serviceId,
}: {
  outcome: Extract<StartOutcome, { outcome: 'unsure' | 'refused' }>;
  serviceId: string | null;
}) {
  const t = useTranslator();
  const service = useServiceName(serviceId);
  const problem = t.text(`problem.${outcome.problem}`, { service });
  if (outcome.outcome === 'unsure') {
    return (
      <FormNotice tone="attention" isAlert>
        <strong>{t.text(`unsure.${outcome.found}`, { service })}</strong>
        <p>{t.text(`unsure.${outcome.found}.text`, { service })}</p>
        <p className="field-help">{t.text('unsure.why', { problem })}</p>
      </FormNotice>
    );
  }
  const isBroke = outcome.problem === 'no-credit';
  const help = PASSING.has(outcome.problem)
    ? t.text('refused.later')
    : t.text(`problem.${outcome.problem}.help`, { service });
  return (
    <FormNotice tone="failed" isAlert>
      <strong>{isBroke ? t.text('refused.noCredit') : t.text('refused.title', { problem })}</strong>
      <p>{isBroke ? t.text('refused.noCredit.help', { service }) : help}</p>
      {outcome.remoteText && <Quote service={serviceId}>{outcome.remoteText}</Quote>}
      {isBroke && <BalanceLink serviceId={serviceId} />}
    </FormNotice>
  );
}
