import type { StartCost } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { coinsText } from '../../state/coins';
import { useTranslator } from '../../state/context';
import { CostFacts } from './start-cost';

interface ConfirmCostProps {
  cost: StartCost;
  /** No provider has to be paid when the user supplies the text. */
  hasText: boolean;
  service: string;
  isPending: boolean;
  pendingText: string;
  onBack: () => void;
  onAgree: () => void;
}

/** Asks before a start that costs more than the user's limit, or an unknown amount. */
export function ConfirmCost(props: ConfirmCostProps) {
  const { cost, hasText, service, isPending } = props;
  const t = useTranslator();
  const sentence = () => {
    if (cost.feeCoins === null) return t.text('cost.ask.unknown', { service });
    const fee = coinsText(t, cost.feeCoins);
    return t.text(hasText ? 'cost.ask.known.ownText' : 'cost.ask.known', { fee });
  };
  return (
    <Dialog title={t.text('cost.ask.title')} role="alertdialog" onClose={props.onBack}>
      <p className="dialog-text">{sentence()}</p>
      <CostFacts cost={cost} hasText={hasText} service={service} />
      <p className="field-help">{t.text('cost.ask.limit')}</p>
      <DialogButtons>
        <Button autoFocus onPress={props.onBack}>
          {t.text('cost.ask.back')}
        </Button>
        <Button variant="primary" isPending={isPending} onPress={props.onAgree}>
          {isPending ? props.pendingText : t.text('cost.ask.start')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
