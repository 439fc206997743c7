/** Short messages at the foot of the window, each with at most one way back. */
import { create } from 'zustand';
import { on } from '../bridge/client.ts';

export interface ToastItem {
  readonly id: number;
  readonly text: string;
  readonly undo?: () => void;
}

interface ToastStore {
  readonly toasts: readonly ToastItem[];
  readonly dismiss: (id: number) => void;
}

export const useToasts = create<ToastStore>()((set) => ({
  toasts: [],
  dismiss: (id) => { set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })); },
}));

/** With a way back it stays longer, so that there is time to reach it by keyboard. */
const PLAIN_MS = 6000;
const WITH_UNDO_MS = 15_000;
const MOST_AT_ONCE = 3;
let nextId = 1;

/** @returns the id, for dismissing it early */
export function showToast(text: string, undo?: () => void): number {
  const id = nextId++;
  useToasts.setState((state) => ({ toasts: [...state.toasts, { id, text, ...(undo ? { undo } : {}) }].slice(-MOST_AT_ONCE) }));
  setTimeout(() => { useToasts.getState().dismiss(id); }, undo ? WITH_UNDO_MS : PLAIN_MS);
  return id;
}

/** Starts listening: a message may name what the person likes, so none outlives the open vault. Call once. */
export function watchToasts(): void {
  on('vault.changed', (status) => { if (status.state === 'locked') useToasts.setState({ toasts: [] }); });
}
