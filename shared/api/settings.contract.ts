/** Preferences of the app itself. */
import { z } from 'zod';
import { defineContract } from './define.ts';

export const settings = z.object({
  /** Minutes without activity before the vault locks; null means never. */
  autoLockMinutes: z.union([z.literal(1), z.literal(5), z.literal(15), z.literal(60)]).nullable(),
  theme: z.enum(['system', 'light', 'dark']),
  /** Whether programs on this computer may redeem tokens while the vault is unlocked. */
  loopbackEnabled: z.boolean(),
});

export const settingsContract = defineContract({
  'settings.get': { access: 'unlocked', input: z.void(), output: settings, errors: [] },
  'settings.set': { access: 'unlocked', input: settings.partial().strict(), output: settings, errors: ['ERR_PORT_IN_USE'] },
});
