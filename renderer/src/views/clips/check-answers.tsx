import type { CreditCheck } from '../../../../preload/contract';
import { BalanceLink } from '../../components/balance-link';
import { FormNotice } from '../../components/form-notice';
import { Quote } from '../../components/quote';
import { useServiceName, useTranslator } from '../../state/context';
import type { CheckAnswer } from './use-credit-check';

function Verdict({ check, serviceId }: { check: CreditCheck; serviceId: string | null }) {
  const t = useTranslator();
  const service = useServiceName(serviceId);
  return (
    <>
      <strong>{t.text(`check.${check.verdict}`, { service })}</strong>
      {check.facts.length > 0 && (
        <ul className="part-scores">
          {check.facts.map(({ name, value }) => (
            <li key={name}>
              <bdi>{t.text('clip.score', { name, value })}</bdi>
            </li>
          ))}
        </ul>
      )}
      {check.remoteText && <Quote service={serviceId}>{check.remoteText}</Quote>}
      {check.verdict === 'too-little' && <BalanceLink serviceId={serviceId} />}
    </>
  );
}

/** What the service answered about the credit, in our words and in its own. */
export function CheckAnswers({
  answers,
  serviceId,
}: {
  answers: CheckAnswer[];
  serviceId: string | null;
}) {
  const t = useTranslator();
  const service = useServiceName(serviceId);
  return answers.map(({ answer, count }) => {
    const isEnough = 'value' in answer && answer.value.verdict === 'enough';
    return (
      <FormNotice
        key={JSON.stringify(answer)}
        tone={isEnough ? 'done' : 'attention'}
        isAlert={!isEnough}
      >
        {'value' in answer ? (
          <Verdict check={answer.value} serviceId={serviceId} />
        ) : (
          <>
            <strong>
              {t.text('check.failed')} {t.text(`problem.${answer.problem}`, { service })}
            </strong>
            {answer.remoteText && <Quote service={serviceId}>{answer.remoteText}</Quote>}
          </>
        )}
        {answers.length > 1 && <p>{t.text('check.parts', { count })}</p>}
      </FormNotice>
    );
  });
}
