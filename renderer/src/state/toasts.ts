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
  /** The way back of the last thing that has one, also after its message went; null when there is none, or it was used. */
  readonly last: ToastItem | null;
  readonly dismiss: (id: number) => void;
  /** While somebody points at a message or has moved to it, none goes. */
  readonly hold: (isHeld: boolean) => void;
  /** Takes the last thing back that can be. @returns false where there is nothing */
  readonly undoLast: () => boolean;
}

/** With a way back it stays longer, so that there is time to reach it by keyboard. */
const PLAIN_MS = 6000;
const WITH_UNDO_MS = 15_000;
const MOST_AT_ONCE = 3;
let nextId = 1;
const timers = new Map<number, ReturnType<typeof setTimeout>>();

const goLater = ({ id, undo }: ToastItem): void => {
  clearTimeout(timers.get(id));
  timers.set(id, setTimeout(() => { useToasts.getState().dismiss(id); }, undo ? WITH_UNDO_MS : PLAIN_MS));
};

export const useToasts = create<ToastStore>()((set, get) => ({
  toasts: [],
  last: null,
  dismiss: (id) => {
    clearTimeout(timers.get(id));
    timers.delete(id);
    set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
  },
  hold: (isHeld) => { for (const toast of get().toasts) if (isHeld) clearTimeout(timers.get(toast.id)); else goLater(toast); },
  undoLast: () => {
    const { last, dismiss } = get();
    if (last?.undo === undefined) return false;
    set({ last: null });
    dismiss(last.id);
    last.undo();
    return true;
  },
}));

/** @returns the id, for dismissing it early */
export function showToast(text: string, undo?: () => void): number {
  const id = nextId++;
  // Taken back by its button or by key, once.
  const toast: ToastItem = { id, text, ...(undo ? { undo: () => { useToasts.setState(({ last }) => (last?.id === id ? { last: null } : {})); undo(); } } : {}) };
  useToasts.setState((state) => ({ toasts: [...state.toasts, toast].slice(-MOST_AT_ONCE), ...(undo ? { last: toast } : {}) }));
  goLater(toast);
  return id;
}

/** Starts listening: a message may name what the person likes, so none outlives the open vault. Call once. */
export function watchToasts(): void {
  on('vault.changed', (status) => { if (status.state === 'locked') useToasts.setState({ toasts: [], last: null }); });
}
