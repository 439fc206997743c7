/** The resources of an open vault that more than one screen looks at. */
import { createResource } from './resource.ts';

export const profileResource = createResource('profile.list', ['profile.changed']);
export const claimedResource = createResource('profile.claimed', ['profile.changed']);
export const patternsResource = createResource('profile.patterns', ['profile.changed']);
export const trendsResource = createResource('profile.trends', ['profile.changed']);
export const taxonomyResource = createResource('profile.taxonomy', []);
export const rejectionsResource = createResource('profile.rejections', ['profile.changed']);
export const disownedResource = createResource('profile.disowned', ['profile.changed']);
export const importsResource = createResource('sources.imports', ['job.changed', 'profile.changed']);
export const retentionResource = createResource('sources.retention', []);
export const watchedResource = createResource('sources.watched', ['sources.found']);
export const mappingsResource = createResource('sources.mappings', ['job.changed']);
export const requestsResource = createResource('requests.list', ['requests.changed', 'grants.changed']);
export const templatesResource = createResource('templates.list', []);
export const grantsResource = createResource('grants.list', ['grants.changed', 'audit.appended']);
export const breathingResource = createResource('breathing.get', ['breathing.changed', 'audit.appended']);
export const exposureResource = createResource('exposure.get', ['exposure.changed', 'requests.changed', 'profile.changed']);
/** What would help most, and what companies can do with what they may ask. */
export const stepsResource = createResource('exposure.steps', ['exposure.changed', 'grants.changed', 'profile.changed']);
export const useOfResource = createResource('exposure.use', ['exposure.changed', 'grants.changed', 'profile.changed']);
export const companiesResource = createResource('companies.list', ['requests.changed', 'grants.changed', 'audit.appended']);
export const settingsResource = createResource('settings.get', ['settings.changed']);
export const updatesResource = createResource('updates.get', ['settings.changed']);
export const slotsResource = createResource('vault.slots', ['vault.changed']);
export const redemptionResource = createResource('redemption.status', ['settings.changed']);
export const backupResource = createResource('backup.status', ['backup.changed']);
export const exportResource = createResource('export.status', ['job.changed', 'profile.changed']);
export const healthResource = createResource('vault.health', []);
