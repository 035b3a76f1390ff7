import type { Platform } from '../../../../preload/contract';
import { Checkbox } from '../../components/checkbox';
import { TextField } from '../../components/text-field';
import { useTranslator } from '../../state/context';
import { isConnectionOver, type PublishDraft } from '../../state/publish-draft';

const MAX_LENGTH = 400;

interface PlatformChoiceProps {
  platforms: readonly Platform[];
  draft: PublishDraft;
  onChange: (change: Partial<PublishDraft>) => void;
}

/** Where to publish: chosen from the platforms that the service lists, typed if it lists none. */
export function PlatformChoice({ platforms, draft, onChange }: PlatformChoiceProps) {
  const t = useTranslator();
  if (platforms.length === 0) {
    return (
      <TextField
        label={t.text('publish.platforms')}
        help={t.text('publish.platforms.typed')}
        value={draft.platformText}
        maxLength={MAX_LENGTH}
        onChange={(platformText) => onChange({ platformText })}
      />
    );
  }
  return (
    <fieldset className="platforms">
      <legend className="field-label">{t.text('publish.platforms')}</legend>
      {platforms.map((platform) => {
        const { name, connected } = platform;
        const isOver = isConnectionOver(platform, Date.now());
        return (
          <Checkbox
            key={name}
            isSelected={draft.platforms.includes(name) && !isOver}
            isDisabled={connected === false || isOver}
            onChange={(isSelected) =>
              onChange({
                platforms: isSelected
                  ? [...draft.platforms, name]
                  : draft.platforms.filter((other) => other !== name),
              })
            }
          >
            <bdi>{name}</bdi>
            {(connected !== true || isOver) && (
              <span className="field-help">
                {t.text(
                  isOver
                    ? 'publish.connectionOver'
                    : connected === false
                      ? 'publish.notConnected'
                      : 'publish.maybeConnected',
                )}
              </span>
            )}
          </Checkbox>
        );
      })}
      <p className="field-help">{t.text('publish.platforms.none')}</p>
    </fieldset>
  );
}
