import { CircleCheck, CircleSlash } from 'lucide-react';
import type { Environment } from '../../../../preload/contract';
import { useTranslator } from '../../state/context';

const FACTS = [
  { offered: 'trayHost', key: 'tray' },
  { offered: 'notifications', key: 'notifications' },
] as const;

function Fact({ isOffered, text }: { isOffered: boolean; text: string }) {
  const t = useTranslator();
  return (
    <li className="setting-fact" data-tone={isOffered ? 'done' : 'attention'}>
      {isOffered ? (
        <CircleCheck size={15} aria-label={t.text('settings.computer.available')} />
      ) : (
        <CircleSlash size={15} aria-label={t.text('settings.computer.missing')} />
      )}
      {text}
    </li>
  );
}

/** What this computer offers and lacks. The notices say the same but can be dismissed; this stays. */
export function EnvironmentFacts({ environment }: { environment: Environment }) {
  const t = useTranslator();
  return (
    <section className="setting-group">
      <h2>{t.text('settings.computer')}</h2>
      <ul className="setting-box">
        <Fact
          isOffered={environment.keychain !== 'missing' && environment.keychain !== 'no-default'}
          text={t.text(`settings.computer.keychain.${environment.keychain}`)}
        />
        {FACTS.map(({ offered, key }) => {
          const isOffered = environment[offered];
          const text = t.text(`settings.computer.${key}.${isOffered ? 'yes' : 'no'}`);
          return <Fact key={key} isOffered={isOffered} text={text} />;
        })}
      </ul>
    </section>
  );
}
