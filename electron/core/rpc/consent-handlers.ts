/** Owner calls about requests, decisions, grants and companies. */
import { stat } from 'node:fs/promises';
import type { z } from 'zod';
import type { answerClaim } from '../../../shared/api/consent.contract.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { MAX_BODY_BYTES } from '../../../shared/protocol/names.ts';
import { isDeniable, type AnsweredClaim } from '../anonymizer/anonymize.ts';
import { claimsNow } from '../consent/fade.ts';
import { readStoredWhole } from '../platform/files/sealed-file.ts';
import { strictUtf8 } from '../platform/jws/jws.ts';
import type { CorePorts, GrantedFile } from '../ports.ts';
import type { SettingsService } from '../settings/settings.ts';
import type { ConsentFeature } from './consent-feature.ts';
import type { Handlers } from './handlers.ts';

export interface ConsentHandlerSession {
  readonly consentFeature: ConsentFeature;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly ports: Pick<CorePorts, 'clock'>;
  practice(): Promise<{ readonly url: string }>;
  readonly files: { get(id: string): GrantedFile | undefined; release(id: string): void };
}

type ConsentMethods =
  | 'requests.open' | 'requests.waiting' | 'requests.list' | 'requests.get' | 'requests.checkIdentity' | 'requests.preview' | 'requests.balance' | 'requests.grant' | 'requests.deny' | 'requests.reconsider' | 'requests.later' | 'companies.refuse' | 'templates.list' | 'templates.save' | 'templates.delete' | 'grants.pause' | 'grants.resume' | 'grants.extend' | 'grants.renew' | 'grants.versions'
  | 'grants.balance' | 'exposure.steps' | 'exposure.use' | 'breathing.get' | 'breathing.set' | 'breathing.hush' | 'breathing.unhush' | 'breathing.hold' | 'breathing.release' | 'exposure.get' | 'exposure.setFloor' | 'grants.list' | 'grants.token' | 'grants.preview' | 'grants.narrow' | 'grants.revoke' | 'companies.list' | 'redemption.status' | 'practice.open';

/** `open` gives the session of the unlocked vault. @throws {AppError} ERR_VAULT_LOCKED */
export function createConsentHandlers(open: () => ConsentHandlerSession): Pick<Handlers, ConsentMethods> {
  const feature = (): ConsentFeature => open().consentFeature;
  return {
    'practice.open': () => open().practice(),
    'requests.open': async (input) => feature().consent.open('text' in input ? input.text : await readRequestFile(open(), input.fileId)),
    'requests.waiting': () => {
      const { consent, breathing } = feature(), nowMs = open().ports.clock.nowMs(), { holding } = breathing.view();
      return {
        count: consent.requests().filter(({ state, laterMs }) => state === 'open' && (laterMs === null || laterMs <= nowMs)).length,
        tell: open().settings.get().notify && holding !== 'on-a-break' && holding !== 'quiet-hours',
      };
    },
    'requests.list': () => ({ requests: feature().consent.requests() }),
    'requests.get': ({ requestId }) => feature().consent.request(requestId),
    'requests.checkIdentity': ({ requestId }) => feature().consent.checkIdentity(requestId),
    'requests.preview': ({ requestId, claims, brands, floor, noise, ...chosen }) => {
      const { consent, answer } = feature();
      const { companyId } = consent.request(requestId).company;
      return viewAnswer(feature(), companyId, answer(consent.scopeFor(requestId, claims), brands ?? [], companyId, { floor, noise }), consent.enforcedWith(requestId, { ...chosen, noise, claims }), floor);
    },
    'requests.balance': ({ requestId, claims, brands, floor, noise }) => {
      const { consent, balance } = feature();
      const { company, asks } = consent.request(requestId);
      return balance(asks, consent.scopeFor(requestId, claims), brands ?? [], company.companyId, { floor, noise });
    },
    'requests.grant': ({ requestId, floor, ...choices }) => feature().grant(requestId, choices, floor),
    'requests.deny': ({ requestId, remember }) => feature().consent.deny(requestId, remember),
    'requests.reconsider': ({ requestId }) => feature().consent.reconsider(requestId),
    'requests.later': ({ requestId, untilMs }) => feature().consent.later(requestId, untilMs),
    'companies.refuse': ({ companyId, always }) => { feature().consent.refuse(companyId, always); return {}; },
    'templates.list': () => ({ templates: feature().templates.list() }),
    'templates.save': ({ name, ...body }) => ({ templates: feature().templates.save(name, body) }),
    'templates.delete': ({ templateId }) => ({ templates: feature().templates.remove(templateId) }),
    'grants.list': () => ({ grants: feature().consent.grants() }),
    'grants.token': ({ grantId }) => ({ token: feature().consent.token(grantId) }),
    'grants.preview': ({ grantId, floor }) => {
      const { consent, answer } = feature();
      const grant = consent.grantRecord(grantId);
      return viewAnswer(feature(), grant.companyId, answer(claimsNow(grant), grant.brands, grant.companyId, { noise: grant.noise, floor }), consent.enforcedWith(grant.requestId, grant), floor);
    },
    'grants.balance': ({ grantId }) => {
      const { consent, balance } = feature();
      const grant = consent.grantRecord(grantId);
      return balance(grant.tokenClaims, claimsNow(grant), grant.brands, grant.companyId, { noise: grant.noise });
    },
    'grants.narrow': ({ grantId, ...choices }) => feature().consent.narrow(grantId, choices),
    'grants.pause': ({ grantId }) => feature().consent.pause(grantId),
    'grants.resume': ({ grantId }) => feature().consent.resume(grantId),
    'grants.extend': ({ grantId, expiresAtMs }) => feature().consent.extend(grantId, expiresAtMs),
    'grants.renew': ({ grantId }) => feature().consent.renew(grantId),
    'grants.versions': ({ grantId }) => ({ versions: feature().consent.versions(grantId) }),
    'grants.revoke': ({ grantId }) => feature().consent.revoke(grantId),
    'breathing.get': () => feature().breathing.view(),
    'breathing.set': (change) => feature().breathing.set(change),
    'breathing.hush': (area) => feature().breathing.hush(area),
    'breathing.unhush': ({ node }) => feature().breathing.unhush(node),
    'breathing.hold': ({ companyId, untilMs }) => feature().breathing.hold(companyId, untilMs),
    'breathing.release': ({ companyId }) => feature().breathing.release(companyId),
    'exposure.use': async () => ({ companies: await feature().use() }),
    'exposure.steps': async () => ({ steps: (await feature().steps()).slice(0, 3) }),
    'exposure.get': () => feature().exposure.view(),
    'exposure.setFloor': ({ companyId, floor }) => feature().exposure.setFloor(companyId, floor),
    'companies.list': () => ({ companies: feature().consent.companies() }),
    'redemption.status': () => feature().server.status(),
  };
}

const viewAnswer = ({ exposure, deniable }: ConsentFeature, companyId: string, said: readonly AnsweredClaim[], enforced: readonly string[], floor: number | undefined) => ({
  claims: said.map(viewClaim), crowd: exposure.crowdOf(companyId, said, floor), budget: exposure.budget(companyId), closeness: exposure.closenessWith(companyId, said), deniable: deniable(companyId), enforced: [...enforced],
});

const viewClaim = ({ claim, precision, value, words, withheld, noise }: AnsweredClaim): z.output<typeof answerClaim> =>
  ({ claim, precision, value: value === null ? null : structuredClone(value), words: [...words], withheld: withheld.map((held) => ({ ...held })), noise: value === null || !isDeniable(noise) ? null : noise.kind === 'levels' ? noise.weight : 2 });

/** @throws {AppError} ERR_FILE_MISSING, ERR_FILE_TOO_LARGE, ERR_FILE_UNREADABLE */
async function readRequestFile(session: ConsentHandlerSession, fileId: string): Promise<string> {
  const file = session.files.get(fileId);
  if (!file) throw new AppError('ERR_FILE_MISSING', 'That file is no longer there. Nothing was stored. Choose it again.');
  try {
    const { size } = await stat(file.path);
    if (size > MAX_BODY_BYTES) throw new AppError('ERR_FILE_TOO_LARGE', 'This file is far too large to be a request. Nothing was stored.');
    return strictUtf8(await readStoredWhole(file));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('ERR_FILE_UNREADABLE', 'This file cannot be read as text. Nothing was stored.', { cause: error });
  } finally {
    session.files.release(fileId);
  }
}
