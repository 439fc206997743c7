/** Things to press: buttons, and links that look like them. */
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger' | 'choice';

interface Look { readonly variant?: ButtonVariant; readonly small?: boolean }

const look = ({ variant = 'secondary', small = false }: Look, extra?: string): string =>
  ['button', `button-${variant}`, small ? 'button-small' : '', extra ?? ''].filter(Boolean).join(' ');

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & Look & {
  readonly ref?: Ref<HTMLButtonElement>;
  /** Work is under way: still focusable, presses are ignored. */
  readonly busy?: boolean;
};

export function Button({ variant, small, busy = false, className, onClick, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button" className={look({ ...(variant ? { variant } : {}), ...(small === undefined ? {} : { small }) }, className)}
      {...(busy ? { 'aria-disabled': true, 'aria-busy': true } : {})}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
      {...rest}
    >
      {children}
    </button>
  );
}

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & Look & { readonly ref?: Ref<HTMLAnchorElement> };

export function ButtonLink({ variant, small, className, children, ...rest }: LinkProps) {
  return <a className={look({ ...(variant ? { variant } : {}), ...(small === undefined ? {} : { small }) }, className)} {...rest}>{children}</a>;
}

type IconButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { readonly label: string; readonly children: ReactNode; readonly ref?: Ref<HTMLButtonElement> };

/** A button with an icon only; the label is its name and its tooltip. */
export function IconButton({ label, children, className, ...rest }: IconButtonProps) {
  return <button type="button" className={['icon-button', className ?? ''].join(' ')} aria-label={label} title={label} {...rest}>{children}</button>;
}
