/** A small question mark that explains a word, by hover or focus. */
import { useId } from 'react';
import { controls } from '../copy/controls.ts';
import { HelpIcon } from './icons.ts';

export function Hint({ text, label = controls.hint }: { readonly text: string; readonly label?: string }) {
  const id = useId();
  return (
    <span className="hint">
      <button type="button" aria-label={label} aria-describedby={id}><HelpIcon size={16} aria-hidden /></button>
      <span className="hint-bubble" role="tooltip" id={id}>{text}</span>
    </span>
  );
}
