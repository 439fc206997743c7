/** Things to fill in and to choose from. Every one has a label, and its hint and error are read with it. */
import { useId, useState, type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes } from 'react';
import { controls } from '../copy/controls.ts';
import { IconButton } from './button.tsx';
import { AlertIcon, DownIcon, HideIcon, SearchIcon, ShowIcon } from './icons.ts';

interface FieldWords {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with it; empty or absent when nothing is. */
  readonly error?: string | null;
  readonly hideLabel?: boolean;
}

interface FrameProps extends FieldWords {
  readonly id: string;
  readonly children: ReactNode;
}

const describedBy = (id: string, { hint, error }: FieldWords): string | undefined => {
  const ids = [hint === undefined ? '' : `${id}-hint`, error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return ids === '' ? undefined : ids;
};

function FieldFrame({ id, label, hint, error, hideLabel = false, children }: FrameProps) {
  return (
    <div className="field">
      <label className={hideLabel ? 'hidden-visually' : 'field-label'} htmlFor={id}>{label}</label>
      {hint === undefined ? null : <div className="field-hint" id={`${id}-hint`}>{hint}</div>}
      {children}
      {error ? <div className="field-error" id={`${id}-error`} role="alert"><AlertIcon size={16} aria-hidden />{error}</div> : null}
    </div>
  );
}

type TextFieldProps = FieldWords & Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> & {
  readonly value: string; readonly onChange: (value: string) => void; readonly ref?: Ref<HTMLInputElement>;
};

export function TextField({ label, hint, error, hideLabel, value, onChange, className, ...rest }: TextFieldProps) {
  const id = useId();
  const words: FieldWords = { label, ...(hint === undefined ? {} : { hint }), ...(error === undefined ? {} : { error }), ...(hideLabel === undefined ? {} : { hideLabel }) };
  return (
    <FieldFrame id={id} {...words}>
      <input id={id} className={['input', className ?? ''].join(' ')} autoComplete="off" value={value} onChange={(event) => { onChange(event.target.value); }} aria-invalid={error ? true : undefined} aria-describedby={describedBy(id, words)} {...rest} {...(rest.autoFocus === true ? { 'data-first': '' } : {})} />
    </FieldFrame>
  );
}

/** A passphrase with a way to look at what was typed. */
export function PasswordField({ label, hint, error, hideLabel, value, onChange, className, ...rest }: TextFieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const words: FieldWords = { label, ...(hint === undefined ? {} : { hint }), ...(error === undefined ? {} : { error }), ...(hideLabel === undefined ? {} : { hideLabel }) };
  return (
    <FieldFrame id={id} {...words}>
      <div className="input-with-button">
        <input
          id={id} type={shown ? 'text' : 'password'} className={['input', className ?? ''].join(' ')} value={value} onChange={(event) => { onChange(event.target.value); }}
          aria-invalid={error ? true : undefined} aria-describedby={describedBy(id, words)} autoCapitalize="off" autoCorrect="off" spellCheck={false} {...rest} {...(rest.autoFocus === true ? { 'data-first': '' } : {})}
        />
        <IconButton label={shown ? controls.hidePassphrase : controls.showPassphrase} aria-pressed={shown} onClick={() => { setShown(!shown); }}>
          {shown ? <HideIcon size={18} aria-hidden /> : <ShowIcon size={18} aria-hidden />}
        </IconButton>
      </div>
    </FieldFrame>
  );
}

export function SearchField({ label, value, onChange, placeholder, maxLength }: { readonly label: string; readonly value: string; readonly onChange: (value: string) => void; readonly placeholder?: string; readonly maxLength?: number }) {
  return (
    <div className="input-search">
      <SearchIcon size={18} aria-hidden />
      <input type="search" className="input" autoComplete="off" aria-label={label} placeholder={placeholder ?? label} maxLength={maxLength} value={value} onChange={(event) => { onChange(event.target.value); }} />
    </div>
  );
}

type TextAreaProps = FieldWords & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange' | 'value'> & { readonly value: string; readonly onChange: (value: string) => void };

export function TextArea({ label, hint, error, hideLabel, value, onChange, className, ...rest }: TextAreaProps) {
  const id = useId();
  const words: FieldWords = { label, ...(hint === undefined ? {} : { hint }), ...(error === undefined ? {} : { error }), ...(hideLabel === undefined ? {} : { hideLabel }) };
  return (
    <FieldFrame id={id} {...words}>
      <textarea id={id} className={['input', className ?? ''].join(' ')} autoComplete="off" value={value} onChange={(event) => { onChange(event.target.value); }} aria-invalid={error ? true : undefined} aria-describedby={describedBy(id, words)} {...rest} {...(rest.autoFocus === true ? { 'data-first': '' } : {})} />
    </FieldFrame>
  );
}

export interface Option<V extends string> { readonly value: V; readonly label: string; readonly group?: string }

interface SelectProps<V extends string> extends FieldWords {
  readonly value: V; readonly options: readonly Option<V>[]; readonly onChange: (value: V) => void; readonly small?: boolean; readonly disabled?: boolean;
}

export function Select<V extends string>({ label, hint, error, hideLabel, value, options, onChange, small = false, disabled = false }: SelectProps<V>) {
  const id = useId();
  const words: FieldWords = { label, ...(hint === undefined ? {} : { hint }), ...(error === undefined ? {} : { error }), ...(hideLabel === undefined ? {} : { hideLabel }) };
  const groups = [...new Set(options.map((option) => option.group ?? ''))];
  const list = (group: string) => options.filter((option) => (option.group ?? '') === group).map((option) => <option key={option.value} value={option.value}>{option.label}</option>);
  return (
    <FieldFrame id={id} {...words}>
      <div className={small ? 'select-wrap select-small' : 'select-wrap'}>
        <select
          id={id} className="input" value={value} disabled={disabled} aria-describedby={describedBy(id, words)}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {groups.map((group) => (group === '' ? list('') : <optgroup key={group} label={group}>{list(group)}</optgroup>))}
        </select>
        <DownIcon size={16} aria-hidden />
      </div>
    </FieldFrame>
  );
}

interface CheckProps { readonly label: ReactNode; readonly hint?: ReactNode; readonly checked: boolean; readonly onChange: (checked: boolean) => void; readonly disabled?: boolean }

export function Checkbox({ label, hint, checked, onChange, disabled = false }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => { onChange(event.target.checked); }} />
      <span className="check-text"><span>{label}</span>{hint === undefined ? null : <span className="faint">{hint}</span>}</span>
    </label>
  );
}

/** A box beside what it is for: the label is read, not seen. */
export function TickBox({ label, checked, onChange, tabIndex }: { readonly label: string; readonly checked: boolean; readonly onChange: (checked: boolean) => void; readonly tabIndex?: number }) {
  return <input type="checkbox" aria-label={label} checked={checked} tabIndex={tabIndex} onChange={(event) => { onChange(event.target.checked); }} />;
}

export function Switch({ label, hint, checked, onChange, disabled = false }: CheckProps) {
  return (
    <label className="switch">
      <input type="checkbox" role="switch" checked={checked} disabled={disabled} onChange={(event) => { onChange(event.target.checked); }} />
      <span className="check-text"><span>{label}</span>{hint === undefined ? null : <span className="faint">{hint}</span>}</span>
    </label>
  );
}

interface RadioProps<V extends string> {
  readonly legend: string; readonly hideLegend?: boolean; readonly value: V | null; readonly onChange: (value: V) => void;
  readonly options: readonly { readonly value: V; readonly label: ReactNode; readonly hint?: ReactNode; readonly disabled?: boolean }[];
}

export function RadioGroup<V extends string>({ legend, hideLegend = false, value, options, onChange }: RadioProps<V>) {
  const name = useId();
  return (
    <fieldset className="radio-group">
      <legend className={hideLegend ? 'hidden-visually' : 'field-label'}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="check">
          <input type="radio" name={name} checked={option.value === value} disabled={option.disabled ?? false} onChange={() => { onChange(option.value); }} />
          <span className="check-text"><span>{option.label}</span>{option.hint === undefined ? null : <span className="faint">{option.hint}</span>}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A few short choices side by side: a radio group in another coat. */
export function Segmented<V extends string>({ legend, hideLegend = true, value, options, onChange }: RadioProps<V>) {
  const name = useId();
  return (
    <fieldset>
      <legend className={hideLegend ? 'hidden-visually' : 'field-label'}>{legend}</legend>
      <div className="segmented">
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} checked={option.value === value} disabled={option.disabled ?? false} onChange={() => { onChange(option.value); }} />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
