import { useEffect, useState } from 'react';
import { useCliptray } from '../state/context';
import { droppedText } from '../state/dropped-text';
import { isTextField } from './text-field';

const hasType = (event: DragEvent, ...types: string[]): boolean =>
  types.some((type) => event.dataTransfer?.types.includes(type));
const hasFiles = (event: DragEvent): boolean => hasType(event, 'Files');
const hasText = (event: DragEvent): boolean => hasType(event, 'text/uri-list', 'text/plain');

/** How a drag is taken, out of what its source allows; moving would take it away from there. */
function effect({ effectAllowed }: DataTransfer): 'copy' | 'link' {
  return /^(link|linkMove)$/.test(effectAllowed) ? 'link' : 'copy';
}

/**
 * Takes what is dropped anywhere on the window: files and folders are uploaded, and a link is handled as a
 * pasted one. Text dropped on a text field lands there. True while files hover over the window. Every other
 * drag is handled here too: a drop that nobody handles would navigate the page to the file or link.
 */
export function useFileDrop(): boolean {
  const { actions, bridge, window: windowState } = useCliptray();
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    // Enter and leave fire for every element that the pointer crosses: it is outside once they balance.
    let depth = 0;
    /** A drag that began on this page, such as that of selected text, is no drop from elsewhere. */
    let isOwn = false;
    const isDialogOpen = () => windowState.get().dialog !== null;
    /** The browser itself puts text into a text field. */
    const isForField = (event: DragEvent) =>
      hasText(event) && !hasFiles(event) && isTextField(event.target);
    const isForWindow = (event: DragEvent) => !isOwn && (hasFiles(event) || hasText(event));
    const end = () => {
      depth = 0;
      setIsOver(false);
    };
    const onStart = () => {
      isOwn = true;
    };
    const onEnd = () => {
      isOwn = false;
    };
    const onEnter = (event: DragEvent) => {
      if (isForField(event)) return;
      event.preventDefault();
      if (isOwn || !hasFiles(event)) return;
      depth += 1;
      setIsOver(!isDialogOpen());
    };
    const onOver = (event: DragEvent) => {
      if (isForField(event)) return;
      event.preventDefault();
      const { dataTransfer } = event;
      if (dataTransfer)
        dataTransfer.dropEffect = isForWindow(event) ? effect(dataTransfer) : 'none';
    };
    const onLeave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setIsOver(false);
    };
    const take = ({ dataTransfer }: DragEvent) => {
      const files = [...(dataTransfer?.files ?? [])];
      const text = droppedText(
        dataTransfer?.getData('text/uri-list') ?? '',
        dataTransfer?.getData('text/plain') ?? '',
      );
      // A picture that is dragged out of a browser is a file without a path; what it links to counts.
      const isPicture = text.kind === 'link' && !files.some((file) => bridge.pathOf(file));
      if (files.length > 0 && !isPicture) actions.dropFiles(files);
      else actions.dropText(text);
    };
    const onDrop = (event: DragEvent) => {
      end();
      if (isForField(event)) return;
      event.preventDefault();
      if (isForWindow(event)) take(event);
    };
    // A drop on an element that is being removed, such as a closing dialog, fires no event. Pointers do
    // not move during a drag, so a move means that the drag is over.
    const onPointer = () => {
      isOwn = false;
      if (depth > 0) end();
    };
    const listeners = {
      pointermove: onPointer,
      dragstart: onStart,
      dragend: onEnd,
      dragenter: onEnter,
      dragover: onOver,
      dragleave: onLeave,
      drop: onDrop,
    };
    const all = Object.entries(listeners) as [string, EventListener][];
    for (const [type, listener] of all) window.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of all) window.removeEventListener(type, listener);
    };
  }, [actions, bridge, windowState]);
  return isOver;
}
