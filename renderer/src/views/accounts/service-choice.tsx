import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { ServiceView } from '../../../../preload/contract';
import { useTranslator } from '../../state/context';

interface ServiceChoiceProps {
  services: ServiceView[];
  value: string;
  onChange: (serviceId: string) => void;
}

/** Which service the key belongs to. */
export function ServiceChoice({ services, value, onChange }: ServiceChoiceProps) {
  const t = useTranslator();
  return (
    <RadioGroup className="field" value={value} onChange={onChange}>
      <Label className="field-label">{t.text('addAccount.service')}</Label>
      <div className="service-choices">
        {services.map((service) => (
          <Radio key={service.id} value={service.id} className="service-option">
            <span className="service-mark" data-service={service.id} aria-hidden="true">
              {service.name.slice(0, 1)}
            </span>
            {service.name}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
