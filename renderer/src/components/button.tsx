import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Spinner } from './spinner';

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'small' | 'medium';
  icon?: ReactNode;
  children: ReactNode;
}

/** A button with a text label. While `isPending` it keeps its width and focus, and ignores presses. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  icon,
  children,
  ...props
}: ButtonProps) {
  return (
    <AriaButton {...props} className={`button button-${variant} button-${size}`}>
      {props.isPending ? <Spinner /> : icon}
      <span className="button-label">{children}</span>
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  /** Its name for screen readers. */
  label: string;
  /** What the tooltip says, when shorter than the label. */
  tip?: string;
  children: ReactNode;
}

/** A button that shows only an icon; its tooltip says what it does. */
export function IconButton({ label, tip, children, ...props }: IconButtonProps) {
  return (
    <AriaButton
      {...props}
      aria-label={label}
      data-tip={tip ?? label}
      className="button button-quiet button-icon"
    >
      {children}
    </AriaButton>
  );
}
