import type { ServiceProblem } from '../../../preload/contract';
import { useServiceName, useTranslator } from '../state/context';
import { BalanceLink } from './balance-link';
import { Button } from './button';
import { FormNotice } from './form-notice';
import { Quote } from './quote';

interface ReadFailureNoticeProps {
  failure: { problem: ServiceProblem; remoteText: string | null };
  serviceId: string | null;
  onTryAgain: () => void;
}

/** Why a service could not be read, in our words and in its own. */
export function ReadFailureNotice({ failure, serviceId, onTryAgain }: ReadFailureNoticeProps) {
  const t = useTranslator();
  const service = useServiceName(serviceId);
  return (
    <FormNotice tone="failed" isAlert>
      <strong>{t.text(`problem.${failure.problem}`, { service })}</strong>
      {failure.remoteText && <Quote service={serviceId}>{failure.remoteText}</Quote>}
      <span className="notice-buttons">
        <Button size="small" onPress={onTryAgain}>
          {t.text('common.tryAgain')}
        </Button>
        {failure.problem === 'no-credit' && <BalanceLink serviceId={serviceId} />}
      </span>
    </FormNotice>
  );
}
