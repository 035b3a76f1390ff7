import { Select } from '../../components/select';
import { coinsText } from '../../state/coins';
import { useTranslator } from '../../state/context';

/** In coins; the last one is more than any start costs. */
const LIMITS = [0, 0.01, 0.05, 0.1, 0.5, 1, 5] as const;
const NEVER = 10_000;

/** The cost above which a start has to be confirmed. */
export function CostLimitSetting({
  confirmOverCoins,
  onChange,
}: {
  confirmOverCoins: number;
  onChange: (coins: number) => void;
}) {
  const t = useTranslator();
  const limits = [...new Set([...LIMITS, confirmOverCoins, NEVER])].sort((a, b) => a - b);
  const nameOf = (coins: number) => {
    if (coins === NEVER) return t.text('settings.confirmOver.never');
    return coins === 0 ? t.text('settings.confirmOver.any') : coinsText(t, coins);
  };
  return (
    <div className="setting-row">
      <div className="setting-text">
        <span className="setting-label">{t.text('settings.confirmOver')}</span>
        <span className="setting-help">{t.text('settings.confirmOver.text')}</span>
      </div>
      <div className="setting-select">
        <Select
          label={t.text('settings.confirmOver')}
          isLabelVisible={false}
          value={String(confirmOverCoins)}
          options={limits.map((coins) => ({ id: String(coins), name: nameOf(coins) }))}
          onChange={(id) => onChange(Number(id))}
        />
      </div>
    </div>
  );
}
