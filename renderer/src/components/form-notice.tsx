import { type ReactNode, useEffect, useRef } from 'react';

interface FormNoticeProps {
  tone: 'attention' | 'failed' | 'done';
  isAlert?: boolean;
  children: ReactNode;
}

/** A notice inside a form. It scrolls into view by itself. */
export function FormNotice({ tone, isAlert = false, children }: FormNoticeProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    ref.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={ref} className="form-notice" data-tone={tone} role={isAlert ? 'alert' : undefined}>
      {children}
    </div>
  );
}
