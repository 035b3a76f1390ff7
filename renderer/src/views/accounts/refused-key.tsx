import { FormNotice } from '../../components/form-notice';
import { Quote } from '../../components/quote';
import { useServiceName, useTranslator } from '../../state/context';

/** The service refused the key; nothing was saved, and the dialog stays open. */
export function RefusedKey({
  service: serviceId,
  remoteText,
}: {
  service: string;
  remoteText: string | null;
}) {
  const t = useTranslator();
  const service = useServiceName(serviceId);
  return (
    <FormNotice tone="failed" isAlert>
      <p>
        <strong>{t.text('problem.key-refused', { service })}</strong>{' '}
        {t.text('addAccount.refused', { service })}
      </p>
      {remoteText && <Quote service={serviceId}>{remoteText}</Quote>}
    </FormNotice>
  );
}
