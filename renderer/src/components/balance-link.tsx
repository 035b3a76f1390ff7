import { ExternalLink } from 'lucide-react';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../state/context';
import { Button } from './button';

/** Opens the page where credit is bought. Renders nothing when the service has no such page. */
export function BalanceLink({ serviceId }: { serviceId: string | null }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const service = useAppState((state) => (serviceId ? state.services[serviceId] : undefined));
  const name = useServiceName(serviceId);
  const page = service?.hasBalancePage ? 'balance' : service?.hasKeyPage ? 'keys' : null;
  if (!service || page === null) return null;
  return (
    <span>
      <Button
        size="small"
        icon={<ExternalLink size={13} aria-hidden />}
        onPress={() => void actions.run('page.open', { page, service: service.id })}
      >
        {t.text(page === 'balance' ? 'account.balancePage' : 'service.openPage', { service: name })}
      </Button>
    </span>
  );
}
