import { memo, useMemo, useState } from 'react';
import type { UploadLog } from '../../../../preload/contract';
import { useTranslator } from '../../state/context';
import { summarizeParts } from './part-summary';
import { ShowMore, STEP_COUNT } from './show-more';

type Part = UploadLog['parts'][number];

const PartRow = memo(function PartRow({ part }: { part: Part }) {
  const t = useTranslator();
  return (
    <tr data-again={part.tries > 1 || undefined}>
      <td>{t.number(part.partNumber)}</td>
      <td>{t.size(part.sizeBytes)}</td>
      <td>{t.clock(part.sentAtMs, Date.now())}</td>
      <td>{t.shortDuration(part.tookMs)}</td>
      <td>{t.number(part.tries)}</td>
    </tr>
  );
});

function PartFigures({ log }: { log: UploadLog }) {
  const t = useTranslator();
  const summary = useMemo(() => summarizeParts(log.parts), [log.parts]);
  const { sentCount, againCount, slowestMs, medianMs } = summary;
  const figures = [
    {
      name: t.text('log.sentCount'),
      value: t.text('log.sentCount.of', {
        sent: t.number(sentCount),
        count: t.number(log.partCount),
      }),
    },
    { name: t.text('log.again'), value: t.number(againCount) },
    { name: t.text('log.slowest'), value: slowestMs === null ? '' : t.shortDuration(slowestMs) },
    { name: t.text('log.median'), value: medianMs === null ? '' : t.shortDuration(medianMs) },
  ];
  return (
    <dl className="facts log-figures">
      {figures.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The parts that arrived: a summary of four figures, then each part. */
export function LogParts({ log }: { log: UploadLog }) {
  const t = useTranslator();
  const [limit, setLimit] = useState(STEP_COUNT);
  const { parts } = log;
  return (
    <section>
      <h3 className="detail-heading">{t.text('log.sentParts')}</h3>
      {parts.length === 0 ? (
        <p className="dialog-text">{t.text('log.sentParts.none')}</p>
      ) : (
        <>
          <PartFigures log={log} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard could not scroll it. */}
          <section className="log-table" aria-label={t.text('log.sentParts')} tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t.text('log.table.number')}</th>
                  <th scope="col">{t.text('log.table.size')}</th>
                  <th scope="col">{t.text('log.table.sentAt')}</th>
                  <th scope="col">{t.text('log.table.took')}</th>
                  <th scope="col">{t.text('log.table.tries')}</th>
                </tr>
              </thead>
              <tbody>
                {parts.slice(0, limit).map((part) => (
                  <PartRow key={part.partNumber} part={part} />
                ))}
              </tbody>
            </table>
            <ShowMore
              hiddenCount={parts.length - limit}
              onPress={() => setLimit(limit + STEP_COUNT)}
            />
          </section>
        </>
      )}
    </section>
  );
}
