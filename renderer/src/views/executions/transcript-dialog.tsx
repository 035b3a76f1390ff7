import { useState } from 'react';
import type { ExecutionView, ServiceRead, Transcript } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { FormNotice } from '../../components/form-notice';
import { Quote } from '../../components/quote';
import { ReadFailureNotice } from '../../components/read-failure';
import { Select } from '../../components/select';
import { coinsText } from '../../state/coins';
import { useCliptray, useServiceName, useTranslator } from '../../state/context';
import { languageChoices, languageName } from '../../state/languages';
import { TranscriptText } from './transcript-text';

const ANY = ' ';

interface TranscriptDialogProps {
  jobId: string;
  title: string;
  execution: ExecutionView;
  serviceId: string;
  onBack: () => void;
}

/** Reads a transcript, for a fee and only when asked. */
export function TranscriptDialog({
  jobId,
  title,
  execution,
  serviceId,
  onBack,
}: TranscriptDialogProps) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const service = useServiceName(serviceId);
  const [lang, setLang] = useState<string | null>(execution.about.lang);
  const [isReading, setIsReading] = useState(false);
  const [read, setRead] = useState<{ lang: string | null; answer: ServiceRead<Transcript> }>();
  const fee = execution.transcriptFeeCoins;
  const known = execution.about.lang;
  const languages = languageChoices(t.language);
  const options =
    known === null || languages.some(({ id }) => id === known)
      ? languages
      : [{ id: known, name: languageName(t.language, known) }, ...languages];

  const get = async () => {
    setIsReading(true);
    const done = await actions.run('execution.transcript', { jobId, lang });
    setIsReading(false);
    if (done) setRead({ lang, answer: done.response });
  };

  const answer = read?.lang === lang ? read.answer : undefined;
  const transcript = answer && 'value' in answer ? answer.value : null;
  return (
    <Dialog title={t.text('transcript.title')} size="wide" onClose={onBack}>
      <p className="dialog-subject">
        <bdi>{title}</bdi>
      </p>
      <div className="transcript-choice">
        <Select
          label={t.text('transcript.lang')}
          value={lang ?? ANY}
          options={[{ id: ANY, name: t.text('transcript.lang.any') }, ...options]}
          onChange={(id) => setLang(id === ANY ? null : id)}
        />
        {!transcript && (
          <Button variant="primary" autoFocus isPending={isReading} onPress={get}>
            {isReading
              ? t.text('transcript.reading')
              : fee === null
                ? t.text('transcript.get')
                : t.text('transcript.get.fee', { fee: coinsText(t, fee) })}
          </Button>
        )}
      </div>
      {!answer && (
        <p className="field-help">
          {fee === null
            ? t.text('transcript.cost.unknown')
            : t.text('transcript.cost', { fee: coinsText(t, fee) })}
        </p>
      )}
      {answer && 'problem' in answer && answer.problem === 'not-found' && (
        <FormNotice tone="attention" isAlert>
          <strong>{t.text('transcript.none', { service })}</strong>
          {answer.remoteText && <Quote service={serviceId}>{answer.remoteText}</Quote>}
        </FormNotice>
      )}
      {answer && 'problem' in answer && answer.problem !== 'not-found' && (
        <ReadFailureNotice failure={answer} serviceId={serviceId} onTryAgain={() => void get()} />
      )}
      {transcript && (
        <TranscriptText jobId={jobId} lang={lang} transcript={transcript} service={service} />
      )}
      <DialogButtons>
        <Button onPress={onBack}>{t.text('execution.back')}</Button>
      </DialogButtons>
    </Dialog>
  );
}
