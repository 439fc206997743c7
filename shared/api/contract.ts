/** Every call a page or a command line can make to the core, merged from the feature contracts. */
import { z } from 'zod';
import { auditContract } from './audit.contract.ts';
import { breathingContract } from './breathing.contract.ts';
import { exposureContract } from './exposure.contract.ts';
import { consentContract } from './consent.contract.ts';
import { portabilityContract } from './portability.contract.ts';
import { profileContract } from './profile.contract.ts';
import { recordsContract } from './records.contract.ts';
import { settingsContract } from './settings.contract.ts';
import { job, sourcesContract } from './sources.contract.ts';
import { rotationPhase, vaultContract, vaultStatus } from './vault.contract.ts';

export const contract = {
  ...vaultContract, ...settingsContract, ...sourcesContract, ...profileContract, ...recordsContract, ...consentContract, ...breathingContract, ...exposureContract, ...auditContract, ...portabilityContract,
} as const;

/** What the core tells without being asked. */
export const topics = {
  'vault.changed': vaultStatus,
  /** How far a new master key is. */
  'vault.rotation': z.object({ phase: rotationPhase }),
  'job.changed': job,
  /** Something was found in the watched folder, or is gone: ask `sources.watched` again. */
  'sources.found': z.object({}),
  'profile.changed': z.object({ updatedAtMs: z.number().int() }),
  'requests.changed': z.object({ requestId: z.string() }),
  'breathing.changed': z.object({}),
  'exposure.changed': z.object({}),
  'grants.changed': z.object({ grantId: z.string() }),
  'audit.appended': z.object({ seq: z.number().int() }),
  'settings.changed': z.object({}),
  /** A backup was made or failed, or its schedule was changed: ask `backup.status` again. */
  'backup.changed': z.object({}),
  /** The core process ended (locked, or worse); ask `vault.status` again. */
  'core.ended': z.object({}),
  /** A link or file reached the app from outside and waits to be looked at. */
  'link.opened': z.object({ text: z.string() }),
  /** The person asked for a screen from outside of the window: the tray, or a notice. */
  'screen.wanted': z.object({ screen: z.enum(['requests', 'breathing']) }),
} as const;

type Contract = typeof contract;
export type MethodName = keyof Contract;
/** What a caller passes (before defaults are filled in). */
export type Input<M extends MethodName> = z.input<Contract[M]['input']>;
/** What a handler receives. */
export type ParsedInput<M extends MethodName> = z.output<Contract[M]['input']>;
export type Output<M extends MethodName> = z.output<Contract[M]['output']>;
export type TopicName = keyof typeof topics;
export type Topic<T extends TopicName> = z.output<(typeof topics)[T]>;
