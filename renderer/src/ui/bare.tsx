/** Controls whose looks are those of the place they stand in: a whole line that is pressed, a word in a sentence, the field of the palette. */
import type { ButtonHTMLAttributes, InputHTMLAttributes, Ref } from 'react';

export function BareButton(props: ButtonHTMLAttributes<HTMLButtonElement> & { readonly ref?: Ref<HTMLButtonElement> }) {
  return <button type="button" {...props} />;
}

export function BareInput(props: InputHTMLAttributes<HTMLInputElement> & { readonly ref?: Ref<HTMLInputElement> }) {
  return <input {...props} />;
}

/** Lets Enter in a field of its form do what the form is for, where the button for it stands elsewhere. */
export const SubmitByEnter = () => <button type="submit" hidden />;
