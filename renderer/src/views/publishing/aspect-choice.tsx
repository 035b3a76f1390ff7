import type { AspectRatio } from '../../../../preload/contract';
import { Select } from '../../components/select';
import { useTranslator } from '../../state/context';

const RATIOS: readonly AspectRatio[] = ['9:16', '16:9', '1:1', '4:5'];

interface AspectChoiceProps {
  value: AspectRatio | null;
  onChange: (value: AspectRatio | null) => void;
}

/** The aspect ratio, or the service's own choice. */
export function AspectChoice({ value, onChange }: AspectChoiceProps) {
  const t = useTranslator();
  return (
    <Select
      label={t.text('publish.aspect')}
      value={value ?? 'service'}
      options={[
        { id: 'service', name: t.text('publish.aspect.service') },
        ...RATIOS.map((id) => ({ id, name: t.text(`publish.aspect.${id}`) })),
      ]}
      onChange={(id) => onChange(RATIOS.find((ratio) => ratio === id) ?? null)}
    />
  );
}
