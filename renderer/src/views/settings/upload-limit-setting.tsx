import { Select } from '../../components/select';
import { useTranslator } from '../../state/context';
import { megabytesPerSecond, uploadLimits } from '../../state/upload-limits';

const NO_LIMIT = 'none';

interface UploadLimitSettingProps {
  /** Null for no limit. */
  bytesPerSecond: number | null;
  onChange: (bytesPerSecond: number | null) => void;
}

/** How much bandwidth all uploads together may use. */
export function UploadLimitSetting({ bytesPerSecond, onChange }: UploadLimitSettingProps) {
  const t = useTranslator();
  const rate = (limit: number) =>
    t.text('settings.uploadLimit.rate', {
      amount: t.number(megabytesPerSecond(limit), { maximumFractionDigits: 3 }),
    });
  return (
    <div className="setting-row">
      <div className="setting-text">
        <span className="setting-label">{t.text('settings.uploadLimit')}</span>
        <span className="setting-help">{t.text('settings.uploadLimit.text')}</span>
      </div>
      <div className="setting-select">
        <Select
          label={t.text('settings.uploadLimit')}
          isLabelVisible={false}
          value={bytesPerSecond === null ? NO_LIMIT : String(bytesPerSecond)}
          options={[
            { id: NO_LIMIT, name: t.text('settings.uploadLimit.none') },
            ...uploadLimits(bytesPerSecond).map((limit) => ({
              id: String(limit),
              name: rate(limit),
            })),
          ]}
          onChange={(id) => onChange(id === NO_LIMIT ? null : Number(id))}
        />
      </div>
    </div>
  );
}
