/** Tells the core that the person is here, so that auto-lock waits; at most once per pause. */
import { call } from '../bridge/client.ts';
import { useVault } from './vault.ts';

const PAUSE_MS = 15_000;
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'pointermove'] as const;

/** @returns its own undo */
export function watchPresence(nowMs: () => number = () => performance.now()): () => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  const onSign = () => {
    const now = nowMs();
    if (now - lastMs < PAUSE_MS || useVault.getState().status?.state !== 'unlocked') return;
    lastMs = now;
    // A refusal only means that the vault was locked meanwhile, which `vault.changed` tells.
    call('vault.touch').catch(() => undefined);
  };
  for (const sign of SIGNS) window.addEventListener(sign, onSign, { passive: true });
  return () => { for (const sign of SIGNS) window.removeEventListener(sign, onSign); };
}
