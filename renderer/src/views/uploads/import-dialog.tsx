import { type FormEvent, useState } from 'react';
import type { ImportOutcome } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { Select } from '../../components/select';
import { TextField } from '../../components/text-field';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';
import { readLastBrands, rememberBrand } from '../../state/last-brands';
import { uploadAccounts } from '../../state/upload-accounts';
import { checkLink, type LinkProblem, MAX_LINK_LENGTH } from '../../state/web-link';
import { ImportNotice } from './import-notice';

const MAX_TITLE_LENGTH = 200;

/** Asks for a link to a video that the service fetches by itself. */
export function ImportDialog({ url, onClose }: { url: string; onClose: () => void }) {
  const t = useTranslator();
  const { actions, app, window: windowState } = useCliptray();
  useAppState((state) => state.accounts);
  const state = app.get();
  const accounts = state ? uploadAccounts(state) : [];
  const [only] = accounts;
  const [link, setLink] = useState(url);
  const [title, setTitle] = useState('');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [linkProblem, setLinkProblem] = useState<LinkProblem | null>(null);
  const [isAccountMissing, setIsAccountMissing] = useState(false);
  const [isPending, setIsPending] = useState(false);
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  // Guessing one of several brands could put a video where it does not belong.
  const accountId = accounts.length === 1 && only ? only.id : chosenId;
  const serviceId = (accounts.find(({ id }) => id === accountId) ?? only)?.service ?? null;
  const service = useServiceName(serviceId);
  const account = accounts.find(({ id }) => id === accountId);
  const [brandChoice, setBrandChoice] = useState<string | null>(null);
  const brands = account && account.brands.length > 1 ? account.brands : [];
  const proposed = account ? (readLastBrands()[account.id] ?? account.brandId) : null;
  const brandId =
    [brandChoice, proposed].find((id) => brands.some((brand) => brand.id === id)) ?? null;
  const [isBrandMissing, setIsBrandMissing] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const checked = checkLink(link);
    setLinkProblem('problem' in checked ? checked.problem : null);
    setIsAccountMissing(accountId === null);
    const needsBrand = brands.length > 0 && brandId === null;
    setIsBrandMissing(needsBrand);
    if ('problem' in checked || accountId === null || needsBrand || isPending) return;
    if (brandId !== null) rememberBrand(accountId, brandId);
    setOutcome(null);
    setIsPending(true);
    const done = await actions.run('clip.import', {
      accountId,
      brandId,
      url: checked.url,
      title: title.trim() === '' ? null : title.trim(),
    });
    setIsPending(false);
    if (done?.response.outcome === 'started') {
      onClose();
      windowState.patch({ view: 'jobs' });
      actions.showSnackbar(t.text('import.started', { service }));
    } else setOutcome(done?.response ?? null);
  };

  return (
    <Dialog title={t.text('import.title')} onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <p className="dialog-text">{t.text('import.text', { service })}</p>
        <TextField
          label={t.text('import.url')}
          help={t.text('import.url.help', { service })}
          type="url"
          value={link}
          maxLength={MAX_LINK_LENGTH}
          autoFocus={url === ''}
          error={linkProblem && t.text(`import.url.${linkProblem}`)}
          onChange={(text) => {
            setLink(text);
            setLinkProblem(null);
          }}
        />
        <TextField
          label={t.text('import.name')}
          value={title}
          maxLength={MAX_TITLE_LENGTH}
          autoFocus={url !== ''}
          onChange={setTitle}
        />
        {accounts.length > 1 && (
          <Select
            label={t.text('import.account')}
            placeholder={t.text('import.account.choose')}
            error={isAccountMissing ? t.text('import.account.missing') : null}
            value={chosenId}
            options={accounts.map(({ id, name }) => ({ id, name }))}
            onChange={(id) => {
              setChosenId(id);
              setIsAccountMissing(false);
            }}
          />
        )}
        {brands.length > 0 && (
          <Select
            label={t.text('import.brand')}
            placeholder={t.text('import.brand.choose')}
            error={isBrandMissing ? t.text('import.brand.missing') : null}
            value={brandId}
            options={brands}
            onChange={(id) => {
              setBrandChoice(id);
              setIsBrandMissing(false);
            }}
          />
        )}
        {outcome && <ImportNotice outcome={outcome} serviceId={serviceId} />}
        <DialogButtons>
          <Button onPress={onClose}>{t.text(outcome ? 'common.close' : 'common.cancel')}</Button>
          <Button variant="primary" type="submit" isPending={isPending}>
            {isPending
              ? t.text('import.pending', { service })
              : t.text(outcome ? 'import.again' : 'import.submit')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
