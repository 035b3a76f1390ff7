import { useState } from 'react';
import type { ChooseCertificatesOutcome, CompanyCertificates } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { displayText } from '../../components/display-text';
import { useCliptray, useTranslator } from '../../state/context';

/** The certificates of a company that inspects connections, from a file that the user chooses. */
export function CertificatesSetting({ inUse }: { inUse: CompanyCertificates | null }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const [isChoosing, setIsChoosing] = useState(false);
  const [outcome, setOutcome] = useState<ChooseCertificatesOutcome | null>(null);
  const problem = outcome?.outcome === 'refused' ? outcome.problem : (inUse?.problem ?? null);

  const choose = async () => {
    setIsChoosing(true);
    const done = await actions.run('certificates.choose', null);
    setIsChoosing(false);
    if (done && done.response.outcome !== 'cancelled') setOutcome(done.response);
  };

  return (
    <div className="setting-row">
      <div className="setting-text">
        <span className="setting-label">{t.text('settings.certificates')}</span>
        <span className="setting-help">{t.text('settings.certificates.text')}</span>
        <span className="setting-help" role="status">
          {inUse && inUse.problem === null && (
            <bdi>
              {t.text('settings.certificates.used', {
                count: inUse.count,
                file: displayText(inUse.file),
              })}
            </bdi>
          )}
          {problem !== null && t.text(`settings.certificates.${problem}`)}
        </span>
      </div>
      {inUse && (
        <Button
          size="small"
          onPress={() => {
            setOutcome(null);
            void actions.run('certificates.clear', null);
          }}
        >
          {t.text('settings.certificates.clear')}
        </Button>
      )}
      <Button size="small" isPending={isChoosing} onPress={() => void choose()}>
        {t.text('settings.certificates.choose')}
      </Button>
    </div>
  );
}
