import type { HistoryFilter } from '../../../../preload/contract';
import { Select } from '../../components/select';
import { useAppState, useCliptray, useTranslator, useWindowState } from '../../state/context';
import {
  DAY_CHOICES,
  type DayChoice,
  dayOf,
  HISTORY_PHASES,
  type HistoryChoice,
} from '../../state/history-filter';

/** The value of no choice: ids of services and accounts are never empty. */
const ANY = '';

function DayField({ day, onChange }: { day: string; onChange: (day: string) => void }) {
  const t = useTranslator();
  return (
    <input
      className="input"
      type="date"
      aria-label={t.text('history.day')}
      value={day}
      max={dayOf(Date.now())}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** Which jobs are shown: by service, account, state and day. */
export function HistoryFilters() {
  const t = useTranslator();
  const { window: windowState } = useCliptray();
  const choice = useWindowState((state) => state.history);
  const services = useAppState((state) => state.services);
  const accounts = useAppState((state) => state.accounts);
  const change = (part: Partial<HistoryChoice>) =>
    windowState.patch({ history: { ...choice, ...part } });
  const offered = Object.values(accounts)
    .filter(({ service }) => choice.service === null || service === choice.service)
    .sort((a, b) => a.name.localeCompare(b.name));
  const isOffered = offered.some(({ id }) => id === choice.accountId);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row of fields.
    <div className="history-filters" role="group" aria-label={t.text('history.filters')}>
      <Select
        label={t.text('history.service')}
        isLabelVisible={false}
        value={choice.service ?? ANY}
        options={[
          { id: ANY, name: t.text('history.service.any') },
          ...Object.values(services).map(({ id, name }) => ({ id, name })),
        ]}
        onChange={(id) => {
          const service = id === ANY ? null : id;
          const kept = accounts[choice.accountId ?? '']?.service === service;
          change({ service, accountId: service === null || kept ? choice.accountId : null });
        }}
      />
      <Select
        label={t.text('history.account')}
        isLabelVisible={false}
        value={isOffered ? choice.accountId : ANY}
        options={[
          { id: ANY, name: t.text('history.account.any') },
          ...offered.map(({ id, name }) => ({ id, name })),
        ]}
        onChange={(id) => change({ accountId: id === ANY ? null : id })}
      />
      <Select
        label={t.text('history.phase')}
        isLabelVisible={false}
        value={choice.phase ?? ANY}
        options={[
          { id: ANY, name: t.text('history.phase.any') },
          ...HISTORY_PHASES.map((id) => ({ id, name: t.text(`history.phase.${id}`) })),
        ]}
        onChange={(id) => change({ phase: id === ANY ? null : (id as HistoryFilter['phase']) })}
      />
      <Select
        label={t.text('history.days')}
        isLabelVisible={false}
        value={choice.days}
        options={DAY_CHOICES.map((id) => ({ id, name: t.text(`history.days.${id}`) }))}
        onChange={(id) =>
          change({ days: id as DayChoice, day: choice.day === '' ? dayOf(Date.now()) : choice.day })
        }
      />
      {choice.days === 'day' && <DayField day={choice.day} onChange={(day) => change({ day })} />}
    </div>
  );
}
