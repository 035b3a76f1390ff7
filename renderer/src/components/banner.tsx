import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslator } from '../state/context';
import { IconButton } from './button';

interface BannerProps {
  tone: 'info' | 'attention' | 'failed';
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  onDismiss?: () => void;
}

/** A notice at the top of a view: what happened, what is safe, and what to do. */
export function Banner({ tone, icon, title, children, action, onDismiss }: BannerProps) {
  const t = useTranslator();
  return (
    <div className="banner" data-tone={tone}>
      <span className="banner-icon">{icon}</span>
      <div className="banner-text">
        <strong>{title}</strong>
        {children && <div className="banner-body">{children}</div>}
      </div>
      {action}
      {onDismiss && (
        <IconButton
          label={`${t.text('common.dismiss')}: ${title}`}
          tip={t.text('common.dismiss')}
          onPress={onDismiss}
        >
          <X size={15} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
