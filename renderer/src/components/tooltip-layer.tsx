import { useEffect, useRef } from 'react';

const HOVER_DELAY_MS = 450;
const GAP_PX = 6;
const EDGE_PX = 8;
/** The width up to which the sidebar shows only icons, as in styles/shell.css. */
const NARROW = '(max-width: 719px)';

/** The nearest element with a tooltip; null if the tooltip only repeats a text that is not cut off. */
function tipOf(target: EventTarget | null): { element: HTMLElement; text: string } | null {
  if (!(target instanceof Element)) return null;
  const element = target.closest<HTMLElement>('[data-tip], [data-tip-cut], [data-tip-narrow]');
  if (!element) return null;
  const { tip, tipNarrow } = element.dataset;
  if (tip) return { element, text: tip };
  if (tipNarrow) {
    return matchMedia(NARROW).matches ? { element, text: tipNarrow } : null;
  }
  const cut = element.querySelector<HTMLElement>('[data-cut]') ?? element;
  if (cut.scrollWidth <= cut.clientWidth) return null;
  return { element, text: element.dataset.tipCut ?? '' };
}

/**
 * One tooltip for the whole window. Elements carry its text in `data-tip`; in `data-tip-cut` when it
 * only repeats a text that may be cut off; in `data-tip-narrow` when a narrow window hides the text.
 * It is one layer, and not a component around each of the hundreds of buttons in the list. Screen
 * readers do not need it: each such element has the text as its name.
 */
export function TooltipLayer() {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const tip = ref.current;
    if (!tip) return;
    let owner: HTMLElement | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      owner = null;
      tip.hidden = true;
    };
    const show = (element: HTMLElement, text: string) => {
      if (!element.isConnected || !text) return;
      tip.textContent = text;
      tip.hidden = false;
      const anchor = element.getBoundingClientRect();
      const { width, height } = tip.getBoundingClientRect();
      const below = anchor.bottom + GAP_PX + height < window.innerHeight - EDGE_PX;
      const left = Math.min(
        Math.max(EDGE_PX, anchor.left + anchor.width / 2 - width / 2),
        window.innerWidth - width - EDGE_PX,
      );
      tip.style.left = `${Math.round(left)}px`;
      tip.style.top = `${Math.round(below ? anchor.bottom + GAP_PX : anchor.top - height - GAP_PX)}px`;
    };
    const aim = (target: EventTarget | null, delayMs: number) => {
      const found = tipOf(target);
      if (found?.element === owner) return;
      hide();
      if (!found) return;
      owner = found.element;
      timer = setTimeout(() => show(found.element, found.text), delayMs);
    };
    const onOver = (event: PointerEvent) => {
      if (event.pointerType !== 'touch') aim(event.target, HOVER_DELAY_MS);
    };
    const onFocus = (event: FocusEvent) => {
      const target = event.target as Element;
      if (target.matches(':focus-visible'))
        aim(target.matches('[role=row]') ? target.querySelector('[data-tip-cut]') : target, 0);
      else hide();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    document.addEventListener('pointerover', onOver);
    document.addEventListener('focusin', onFocus);
    document.addEventListener('focusout', hide);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('scroll', hide, true);
    document.addEventListener('keydown', onKey);
    return () => {
      hide();
      document.removeEventListener('pointerover', onOver);
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('scroll', hide, true);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  return <div ref={ref} className="tooltip" hidden aria-hidden="true" />;
}
