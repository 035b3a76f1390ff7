/** Kinds of input that hold no text of the user's own. */
const WITHOUT_TEXT = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'hidden',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);

/** Whether text that is pasted or dropped here lands in a field that the user can write in. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const field = target.closest('input, textarea');
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    return !field.readOnly && !field.disabled && !WITHOUT_TEXT.has(field.type);
  }
  return target.closest('[contenteditable]') !== null;
}
