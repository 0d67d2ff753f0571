// The small parts that forms are made of.

import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  label: string;
  value: string;
  onInput(value: string): void;
  type?: 'text' | 'date' | 'time';
  hint?: string;
  /** Only for readers of the screen, where a column says it already. */
  quiet?: boolean;
  error?: string | undefined;
  numeric?: boolean;
  suggest?: readonly string[];
  class?: string;
}

/** A field with its label, and what is wrong with it. */
export function Field({ label, value, onInput, type = 'text', hint, quiet, error, numeric, suggest, class: kind = '' }: FieldProps) {
  const id = useId();
  return (
    <div class={`field ${kind}`}>
      <label class={quiet ? 'quiet' : ''} for={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        placeholder={hint}
        inputMode={numeric ? 'decimal' : undefined}
        autocomplete="off"
        list={suggest?.length ? `${id}-list` : undefined}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      {suggest?.length ? <datalist id={`${id}-list`}>{suggest.map((one) => <option key={one} value={one} />)}</datalist> : null}
      {error && <p class="error" id={`${id}-error`}>{error}</p>}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, name: string])[];
  onInput(value: string): void;
  quiet?: boolean;
  error?: string | undefined;
}

/** One of several, with its label. */
export function Choice({ label, value, options, onInput, quiet, error }: ChoiceProps) {
  const id = useId();
  const known = options.some(([one]) => one === value) ? options : [...options, [value, value] as const];
  return (
    <div class="field">
      <label class={quiet ? 'quiet' : ''} for={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      >
        {known.map(([one, name]) => <option key={one} value={one} selected={one === value}>{name}</option>)}
      </select>
      {error && <p class="error" id={`${id}-error`}>{error}</p>}
    </div>
  );
}

/** A part of a form with its title. */
export function Group({ title, note, children }: { title: string; note?: string; children: ComponentChildren }) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {note && <p class="hint">{note}</p>}
      {children}
    </fieldset>
  );
}

/** The cross that removes a row. */
export function Cross({ label, onClick }: { label: string; onClick(): void }) {
  return (
    <button type="button" class="icon" aria-label={label} title={label} onClick={onClick}>
      <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M4 4l8 8M12 4l-8 8" /></svg>
    </button>
  );
}

/** Words between commas, without those that are empty. */
export const split = (text: string) => text.split(',').map((word) => word.trim()).filter((word) => word !== '');
