import { useEffect, useState } from 'react';
import { useCliptray } from '../state/context';

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/**
 * Takes files and folders dropped anywhere on the window. True while files hover over it.
 * Every drag is handled here: a drop that nobody handles would navigate the page to the file.
 */
export function useFileDrop(): boolean {
  const { actions, window: windowState } = useCliptray();
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    // Enter and leave fire for every element that the pointer crosses: it is outside once they balance.
    let depth = 0;
    const accepts = (event: DragEvent) => hasFiles(event) && windowState.get().dialog === null;
    const end = () => {
      depth = 0;
      setIsOver(false);
    };
    const onEnter = (event: DragEvent) => {
      event.preventDefault();
      if (!hasFiles(event)) return;
      depth += 1;
      setIsOver(accepts(event));
    };
    const onOver = (event: DragEvent) => {
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = accepts(event) ? 'copy' : 'none';
    };
    const onLeave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setIsOver(false);
    };
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      end();
      if (accepts(event)) actions.addFiles([...(event.dataTransfer?.files ?? [])]);
    };
    // A drop on an element that is being removed, such as a closing dialog, fires no event. Pointers do
    // not move during a drag, so a move means that the drag is over.
    const onPointer = () => {
      if (depth > 0) end();
    };
    window.addEventListener('pointermove', onPointer);
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('pointermove', onPointer);
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [actions, windowState]);
  return isOver;
}
