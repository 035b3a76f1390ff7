import type { ClipLine, ClipRecord, RenderView } from '../../../../preload/contract';

function rendersOf(line: ClipLine | null): RenderView[] {
  if (!line) return [];
  const own = line.candidates.flatMap(({ render }) => (render ? [render] : []));
  return [...own, ...line.otherRenders];
}

/** The newest render of a part, or null. */
export function renderOf(line: ClipLine | null, candidateId: string): RenderView | null {
  return rendersOf(line).find((render) => render.candidateId === candidateId) ?? null;
}

/** The line with only those renders beside its parts that belong to no part of the clip as it is now. */
export function withOtherRenders(line: ClipLine, clip: ClipRecord | null): ClipLine {
  const shown = new Set(clip?.candidates?.map(({ id }) => id) ?? []);
  const isOther = ({ candidateId }: RenderView) => candidateId === null || !shown.has(candidateId);
  return { ...line, otherRenders: rendersOf(line).filter(isOther) };
}

/** Whether a render of the part is on its way: another one would be paid for beside it. */
export function isUnderWay(render: RenderView | null): boolean {
  return (
    render !== null && !render.gone && (render.phase === 'waiting' || render.phase === 'running')
  );
}
