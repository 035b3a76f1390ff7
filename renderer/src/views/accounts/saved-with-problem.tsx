import type { ServiceProblem } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { FormNotice } from '../../components/form-notice';
import { Quote } from '../../components/quote';
import { useServiceName, useTranslator } from '../../state/context';

interface SavedWithProblemProps {
  service: string;
  problem: ServiceProblem;
  remoteText: string | null;
  onClose: () => void;
}

/** Says that the key is saved, but that the account cannot work yet. */
export function SavedWithProblem({
  service: serviceId,
  problem,
  remoteText,
  onClose,
}: SavedWithProblemProps) {
  const t = useTranslator();
  const service = useServiceName(serviceId);
  return (
    <Dialog title={t.text('addAccount.saved.title')} onClose={onClose}>
      <p className="dialog-text">{t.text('addAccount.saved.text')}</p>
      <FormNotice tone="attention">
        <p>
          <strong>{t.text(`problem.${problem}`, { service })}</strong>{' '}
          {t.text(`problem.${problem}.help`, { service })}
        </p>
        {remoteText && <Quote service={serviceId}>{remoteText}</Quote>}
      </FormNotice>
      <DialogButtons>
        <Button variant="primary" autoFocus onPress={onClose}>
          {t.text('common.close')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
