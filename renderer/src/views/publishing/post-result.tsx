import { Copy } from 'lucide-react';
import type { PostOutcome } from '../../../../preload/contract';
import { BalanceLink } from '../../components/balance-link';
import { IconButton } from '../../components/button';
import { FormNotice } from '../../components/form-notice';
import { Quote } from '../../components/quote';
import { useCliptray, useServiceName, useTranslator } from '../../state/context';
import type { PostNote } from '../../state/window-state';
import { copyText } from '../upload-log/copy-text';

interface PostResultProps {
  mode: PostNote['mode'];
  outcome: PostOutcome;
  serviceId: string | null;
}

function Made({ outcome, mode, serviceId }: PostResultProps) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const service = useServiceName(serviceId);
  if (outcome.outcome !== 'made') return null;
  const { postId, remoteStatus, link } = outcome.post;
  return (
    <FormNotice tone="done" isAlert>
      <strong>{t.text(`post.made.${mode}`, { service })}</strong>
      <dl className="facts">
        {remoteStatus !== null && (
          <div>
            <dt>{t.text('line.status')}</dt>
            <dd>
              <bdi>{t.text('line.quote', { text: remoteStatus })}</bdi>
            </dd>
          </div>
        )}
        {postId !== null && (
          <div>
            <dt>{t.text('post.id')}</dt>
            <dd>
              <bdi>{postId}</bdi>
            </dd>
          </div>
        )}
        {link !== null && (
          <div className="post-link">
            <dt>{t.text('post.link')}</dt>
            <dd>
              <bdi>{link}</bdi>
              <IconButton
                label={t.text('line.copyLink')}
                onPress={() =>
                  actions.showSnackbar(t.text(copyText(link) ? 'line.copied' : 'line.notCopied'))
                }
              >
                <Copy size={14} aria-hidden />
              </IconButton>
            </dd>
          </div>
        )}
      </dl>
      {postId === null && remoteStatus === null && link === null && (
        <p>{t.text('post.nothingTold', { service })}</p>
      )}
    </FormNotice>
  );
}

/** What became of a post. Nothing is sent again from here. */
export function PostResult({ mode, outcome, serviceId }: PostResultProps) {
  const t = useTranslator();
  const service = useServiceName(serviceId);
  if (outcome.outcome === 'made') {
    return <Made mode={mode} outcome={outcome} serviceId={serviceId} />;
  }
  if (outcome.outcome === 'unsure') {
    const problem = t.text(`problem.${outcome.problem}`, { service });
    return (
      <FormNotice tone="attention" isAlert>
        <strong>{t.text('post.unsure', { service })}</strong>
        <p>
          {problem} {t.text(`post.unsure.help.${mode}`, { service })}
        </p>
        <BalanceLink serviceId={serviceId} />
      </FormNotice>
    );
  }
  const reason = () => {
    switch (outcome.problem) {
      case 'conflict':
        return t.text('post.conflict', { service });
      case 'time-passed':
        return t.text('publish.time.past');
      default:
        return t.text(`problem.${outcome.problem}`, { service });
    }
  };
  return (
    <FormNotice tone="failed" isAlert>
      <strong>
        {t.text('post.refused')} {reason()}
      </strong>
      {outcome.remoteText && <Quote service={serviceId}>{outcome.remoteText}</Quote>}
      {outcome.problem === 'no-credit' && <BalanceLink serviceId={serviceId} />}
    </FormNotice>
  );
}
