/** Preferences of the app itself. */
import { z } from 'zod';
import { PLACE_FILTERS, PLACES_WITH_PARTS } from '../domain/place.ts';
import { LANGUAGES, type Language } from '../language/message.ts';
import { PSEUDO_LANGUAGES } from '../language/pseudo.ts';
import { defineContract } from './define.ts';

const LANGUAGE_TAGS = Object.keys(LANGUAGES) as Language[];

export const settings = z.object({
  /** Minutes without activity before the vault locks; null means never. */
  autoLockMinutes: z.union([z.literal(1), z.literal(5), z.literal(15), z.literal(60)]).nullable(),
  /** Minutes after which releasing, exporting and loosening ask for the passphrase again; null means unlocking is enough. */
  askAgainMinutes: z.union([z.literal(5), z.literal(15), z.literal(60)]).nullable(),
  /** Whether the vault locks when the screen does, when the computer sleeps, and when the last window is closed. */
  lockOnScreenLock: z.boolean(),
  lockOnSleep: z.boolean(),
  lockOnClose: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
  /** Whether keys that are also typed (`/`, `?`, G and a letter) do something by themselves. */
  characterKeys: z.boolean(),
  /** What the person chose to read; `system`: as the computer; null: not chosen in this vault. */
  language: z.enum(['system', ...LANGUAGE_TAGS]).nullable(),
  /** Whether the desktop tells, while Penchant is not in front, that requests wait. */
  notify: z.boolean(),
  /** Whether the server that knows of newer versions is asked once a week, on unlocking. */
  lookForUpdates: z.boolean(),
  /** Whether programs on this computer may redeem tokens while the vault is unlocked. */
  loopbackEnabled: z.boolean(),
  /** Ids of the lessons the person marked as read, and of first steps they are through with. */
  lessonsRead: z.array(z.string().max(40)).max(100),
});

export const place = z.strictObject({ screen: z.string().regex(/^[a-z-]{1,40}$/u), parts: z.array(z.string().max(400)).max(6), query: z.partialRecord(z.enum(PLACE_FILTERS), z.string().max(40)) })
  .refine(({ screen, parts }) => parts.length === 0 || PLACES_WITH_PARTS.some((name) => name === screen));

const updates = z.object({
  /** Name of the server that would be asked; null where this copy knows none. */
  host: z.string().nullable(),
  version: z.string(),
  lookedAtMs: z.number().nullable(),
  newer: z.object({ version: z.string(), page: z.string() }).nullable(),
});

const change = settings.partial().strict();

/** What is only about looks or lessons can be changed at any time; everything else is about who may do what. */
export const isAboutSecurity = ({ theme: _looks, language: _words, notify: _notices, lookForUpdates: _updates, characterKeys: _keys, lessonsRead: _lessons, ...rest }: { readonly [K in keyof z.output<typeof change>]?: z.output<typeof change>[K] | undefined }): boolean => Object.values(rest).some((value) => value !== undefined);

export const settingsContract = defineContract({
  'settings.get': { access: 'unlocked', input: z.void(), output: settings, errors: [] },
  /** What the page is shown in, for the sentences that are made in the core. For the whole process, until it is said anew; no vault is needed. */
  'settings.speak': { access: 'open', input: z.strictObject({ language: z.enum([...LANGUAGE_TAGS, ...PSEUDO_LANGUAGES]) }), output: z.object({ language: z.string() }), errors: [] },
  /** Where the person was last in this vault, for the page that is opened next; null when nobody was anywhere. */
  'settings.place': { access: 'unlocked', input: z.void(), output: z.object({ place: place.nullable() }), errors: [] },
  'settings.keepPlace': { access: 'unlocked', input: place, output: z.object({ kept: z.literal(true) }), errors: [] },
  'settings.set': { access: 'unlocked', freshWhen: isAboutSecurity, input: change, output: settings, errors: ['ERR_PORT_IN_USE'] },
  /** Whether there is a newer version, as far as was looked; asks nobody. */
  'updates.get': { access: 'unlocked', input: z.void(), output: updates, errors: [] },
  /** Asks the server now, once. */
  'updates.look': { access: 'unlocked', input: z.void(), output: updates, errors: ['ERR_UPDATES_UNKNOWN'] },
});
