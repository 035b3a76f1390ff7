import { CircleCheck, CircleSlash } from 'lucide-react';
import type { Environment } from '../../../../preload/contract';
import { useTranslator } from '../../state/context';

const FACTS = [
  { offered: 'keychain', key: 'keychain' },
  { offered: 'trayHost', key: 'tray' },
  { offered: 'notifications', key: 'notifications' },
] as const;

/** What this computer offers and lacks. The notices say the same but can be dismissed; this stays. */
export function EnvironmentFacts({ environment }: { environment: Environment }) {
  const t = useTranslator();
  return (
    <section className="setting-group">
      <h2>{t.text('settings.computer')}</h2>
      <ul className="setting-box">
        {FACTS.map(({ offered, key }) => {
          const isOffered = environment[offered];
          return (
            <li key={key} className="setting-fact" data-tone={isOffered ? 'done' : 'attention'}>
              {isOffered ? (
                <CircleCheck size={15} aria-label={t.text('settings.computer.available')} />
              ) : (
                <CircleSlash size={15} aria-label={t.text('settings.computer.missing')} />
              )}
              {t.text(`settings.computer.${key}.${isOffered ? 'yes' : 'no'}`)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
