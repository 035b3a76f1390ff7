/**
 * Copies a text to the clipboard; false when that was refused. Works only while a press of a button
 * or key is handled. `execCommand` on purpose: `navigator.clipboard` needs a permission, and this page
 * has none.
 */
export function copyText(text: string): boolean {
  const onCopy = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('copy', onCopy, { capture: true });
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', onCopy, { capture: true });
  }
}
