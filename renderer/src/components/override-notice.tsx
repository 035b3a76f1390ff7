import { useAppState, useTranslator } from '../state/context';
import { FormNotice } from './form-notice';

/** Says in a form for a key that it goes to another address than the service's own. */
export function OverrideNotice({ service: serviceId }: { service: string }) {
  const t = useTranslator();
  const service = useAppState((state) => state.services[serviceId]);
  if (!service?.override) return null;
  const { variable, origin } = service.override;
  return (
    <FormNotice tone="attention">
      <p>
        {origin === null
          ? t.text('override.form.unusable', { variable, service: service.name })
          : t.text('override.form', { variable, origin, service: service.name })}
      </p>
    </FormNotice>
  );
}
