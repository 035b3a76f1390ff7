import { Copy, ExternalLink } from 'lucide-react';
import { Button, IconButton } from '../../components/button';
import { displayText } from '../../components/display-text';
import { FormNotice } from '../../components/form-notice';
import { Quote } from '../../components/quote';
import { Spinner } from '../../components/spinner';
import { useSecondsUntil } from '../../hooks/use-clock';
import { useCliptray, useServiceName, useTranslator } from '../../state/context';
import { copyText } from '../upload-log/copy-text';
import type { Offer, SignInFailure } from './use-sign-in';

function TimeLeft({ expiresAtMs }: { expiresAtMs: number }) {
  const t = useTranslator();
  const seconds = useSecondsUntil(expiresAtMs) ?? 0;
  return <span>{t.text('signIn.timeLeft', { duration: t.duration(seconds * 1000) })}</span>;
}

interface SignInPanelProps {
  offer: Offer;
  serviceId: string;
  onOpenPage: () => void;
}

/** The code to compare with the one in the browser, and how long it is valid. */
export function SignInPanel({ offer, serviceId, onOpenPage }: SignInPanelProps) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const service = useServiceName(serviceId);
  const { userCode, pageUrl, pageOpened, expiresAtMs } = offer;
  return (
    <div className="sign-in">
      <p className="dialog-text">
        {t.text(pageOpened ? 'signIn.compare' : 'signIn.notOpened', { service })}
      </p>
      {!pageOpened && (
        <p className="sign-in-page">
          <bdi>{displayText(pageUrl)}</bdi>
        </p>
      )}
      <p className="sign-in-code">
        <span className="visually-hidden">{t.text('signIn.code')} </span>
        <output aria-label={t.text('signIn.code')}>
          <bdi>{displayText(userCode)}</bdi>
        </output>
        <IconButton
          label={t.text('signIn.copy')}
          onPress={() =>
            actions.showSnackbar(
              t.text(copyText(userCode) ? 'signIn.copied' : 'log.sha256.notCopied'),
            )
          }
        >
          <Copy size={16} aria-hidden />
        </IconButton>
      </p>
      <p className="sign-in-wait">
        <Spinner />
        <span>{t.text('signIn.waiting')}</span>
        <TimeLeft expiresAtMs={expiresAtMs} />
      </p>
      <span>
        <Button size="small" icon={<ExternalLink size={13} aria-hidden />} onPress={onOpenPage}>
          {t.text('signIn.openAgain')}
        </Button>
      </span>
    </div>
  );
}

/** Why the sign-in produced no key, and what to do about it. */
export function SignInNotice({
  failure,
  serviceId,
}: {
  failure: SignInFailure;
  serviceId: string;
}) {
  const t = useTranslator();
  const service = useServiceName(serviceId);
  if (failure.outcome !== 'failed') {
    return (
      <FormNotice tone="failed" isAlert>
        <strong>
          {failure.outcome === 'keychain-failed'
            ? t.text(`keychainFailed.${failure.why}`)
            : t.text(`signIn.${failure.outcome}`, { service })}
        </strong>
      </FormNotice>
    );
  }
  return (
    <FormNotice tone="failed" isAlert>
      <strong>
        {t.text('signIn.failed')} {t.text(`problem.${failure.problem}`, { service })}
      </strong>
      {failure.remoteText && <Quote service={serviceId}>{failure.remoteText}</Quote>}
    </FormNotice>
  );
}
