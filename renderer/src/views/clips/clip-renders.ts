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

/** The line, listing as other renders only those that belong to no current part of the clip. */
export function withOtherRenders(line: ClipLine, clip: ClipRecord | null): ClipLine {
  const shown = new Set(clip?.candidates?.map(({ id }) => id) ?? []);
  const isOther = ({ candidateId }: RenderView) => candidateId === null || !shown.has(candidateId);
  return { ...line, otherRenders: rendersOf(line).filter(isOther) };
}

/** Whether a render of the part is in progress: a second one would cost credit again. */
export function isUnderWay(render: RenderView | null): boolean {
  return (
    render !== null && !render.gone && (render.phase === 'waiting' || render.phase === 'running')
  );
}
