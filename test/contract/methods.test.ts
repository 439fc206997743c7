/** Every method of the contract: bad input, a locked vault, unknown ids, arbitrary frames; only declared codes ever come back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contract, type MethodName } from '../../shared/api/contract.ts';
import type { MethodDefinition } from '../../shared/api/define.ts';
import { ERROR_CODES } from '../../shared/errors/codes.ts';
import type { Outcome } from '../../shared/api/wire.ts';
import { openedCore, PASSPHRASE, testCore, testPorts } from '../support/ports.ts';
import { testWebHost } from '../support/web-host.ts';

const METHODS = Object.keys(contract) as MethodName[];
const definition = (method: MethodName): MethodDefinition => contract[method];
const takesNothing = (method: MethodName): boolean => definition(method).input.safeParse(undefined).success;

/** Well-formed input that an empty vault can act on. */
const GOOD: Partial<Record<MethodName, unknown>> = {
  'vault.estimatePassphrase': { passphrase: 'anything' }, 'profile.parts': { country: 'DE' }, 'audit.timeline': {}, 'vault.away': { why: 'closed' }, 'settings.set': { theme: 'dark' }, 'settings.speak': { language: 'en' }, 'settings.keepPlace': { screen: 'profile', parts: [], query: { kind: 'genre' } }, 'sources.setRetention': { source: 'netflix', keep: 'records' }, 'breathing.set': { pause: { untilMs: null } }, 'exposure.setFloor': { companyId: null, floor: 5_000 }, 'templates.save': { name: 'anything', claims: [{ claim: 'size', precision: 1 }], durationDays: null, cadence: null }, 'records.find': { search: { text: 'anything' } }, 'audit.list': { limit: 10 }, 'audit.prove': { seq: 1 }, 'audit.forgettable': { beforeMs: 1 }, 'audit.forget': { beforeMs: 1 },
};

/** A phrase that is well formed and opens nothing; unlike a passphrase it costs no derivation to say so. */
const WRONG = { recoveryPhrase: `${'zoo '.repeat(23)}vote` };
/** Codes any method of that access may end in, beyond the general ones. */
const OF_ACCESS: Readonly<Record<string, readonly string[]>> = { open: [], unlocked: [], fresh: ['ERR_UNLOCK_AGAIN'], proven: ['ERR_VAULT_SECRET_WRONG', 'ERR_RECOVERY_PHRASE_INVALID'] };

const MAPPING = { name: 'x', kind: 'book', act: 'used', columns: [{ name: 'title', field: 'title' }], dateOrder: 'dmy', durationUnit: 'min', ratingTop: 5, currency: null, headerless: false };
/** Well-formed input that names things which do not exist. */
const STRANGERS: Partial<Record<MethodName, unknown>> = {
  'sources.preview': { fileIds: ['nobody'] }, 'sources.discardPreview': { previewId: 'nobody' }, 'sources.import': { previewId: 'nobody', choices: [{ key: 'x' }] },
  'sources.columns': { previewId: 'nobody', key: 'nobody' }, 'sources.tryMapping': { previewId: 'nobody', key: 'nobody', mapping: MAPPING }, 'sources.saveMapping': { previewId: 'nobody', key: 'nobody', mapping: MAPPING },
  'sources.renameMapping': { mappingId: 'nobody', name: 'x' }, 'sources.deleteMapping': { mappingId: 'nobody' },
  'sources.rows': { previewId: 'nobody', key: 'nobody' }, 'sources.undo': { importId: 'nobody' }, 'sources.watch': { folder: 'nobody' }, 'sources.previewWatched': { name: 'nobody' }, 'sources.dismissWatched': { name: 'nobody' }, 'jobs.cancel': { jobId: 'nobody' }, 'jobs.pause': { jobId: 'nobody', paused: true }, 'profile.why': { id: 'nobody' }, 'profile.words': { itemIds: [7], id: 'nobody' }, 'profile.declare': { claim: 'shoe_colour', value: 'red' },
  'profile.correct': { id: 'nobody', strength: 0.5 }, 'profile.reject': { id: 'nobody' }, 'profile.pin': { id: 'nobody' }, 'profile.weaken': { id: 'nobody' }, 'profile.notMe': { itemIds: [999_999] }, 'profile.wasMe': { ids: ['nobody'] }, 'profile.restore': { id: 'nobody' }, 'profile.delete': { id: 'nobody' },
  'records.item': { id: 7 }, 'records.export': { selection: { ids: [7] }, format: 'csv' },
  'requests.open': { text: 'nobody' }, 'requests.get': { requestId: 'nobody' }, 'requests.checkIdentity': { requestId: 'nobody' },
  'requests.preview': { requestId: 'nobody', claims: [] }, 'requests.balance': { requestId: 'nobody', claims: [] }, 'requests.grant': { requestId: 'nobody', claims: [{ claim: 'interest', precision: 1 }] }, 'requests.deny': { requestId: 'nobody' },
  'grants.token': { grantId: 'nobody' }, 'grants.preview': { grantId: 'nobody' }, 'grants.balance': { grantId: 'nobody' }, 'grants.narrow': { grantId: 'nobody' }, 'grants.revoke': { grantId: 'nobody' }, 'grants.pause': { grantId: 'nobody' }, 'grants.resume': { grantId: 'nobody' }, 'grants.versions': { grantId: 'nobody' }, 'grants.renew': { grantId: 'nobody' }, 'grants.extend': { grantId: 'nobody', expiresAtMs: 2_000_000_000_000 },
  'requests.reconsider': { requestId: 'nobody' }, 'requests.later': { requestId: 'nobody', untilMs: null }, 'companies.refuse': { companyId: 'nobody', always: true }, 'templates.delete': { templateId: 'nobody' },
  'breathing.hush': { node: 'nobody', untilMs: null, perDay: 0 }, 'breathing.unhush': { node: 'nobody' }, 'breathing.hold': { companyId: 'nobody', untilMs: null }, 'breathing.release': { companyId: 'nobody' },
  'audit.compare': { checkpoint: 'nobody' }, 'audit.receipt': { companyId: 'nobody' },
  'vault.create': { passphrase: 'correct horse battery staple' }, 'vault.unlock': { passphrase: 'not the right passphrase' },
  'vault.restore': { fileId: 'nobody', secret: { passphrase: 'not the right passphrase' } }, 'vault.recover': { secret: { passphrase: 'not the right passphrase' } },
  'backup.setSchedule': { folderId: 'nobody' }, 'export.write': { recipients: ['age1nobody'] }, 'export.takeOver': { fileId: 'nobody', passphrase: 'whatever it is' }, 'export.preview': { fileId: 'nobody', passphrase: 'whatever it is' },
  'vault.confirmRecovery': { words: [1, 2, 3].map((position) => ({ position, word: 'nobody' })) }, 'vault.renewRecovery': { proof: WRONG },
  'vault.changePassphrase': { proof: WRONG, next: 'something long and new here' }, 'vault.confirm': { proof: WRONG }, 'vault.rotate': { proof: { passphrase: 'not the right passphrase' } },
  'profile.openClosed': { proof: WRONG }, 'vault.addSlot': { proof: WRONG, kind: 'keychain', label: 'nobody' }, 'vault.removeSlot': { proof: WRONG, slotId: 'nobody' }, 'vault.rekeySlot': { proof: WRONG, slotId: 'nobody' },
};

interface Carrier { readonly dispatch: (method: string, input?: unknown) => Promise<Outcome>; readonly log: readonly string[] }

const CARRIERS: readonly (readonly [string, () => Promise<Carrier>])[] = [
  ['in process', async () => {
    const log: string[] = [];
    const core = testCore(testPorts({ log: (line) => log.push(line) }));
    return { dispatch: core.dispatch, log };
  }],
  ['over the WebSocket of the web host', async () => {
    const web = await testWebHost();
    const { cookie, secret } = await web.signIn();
    const socket = await web.connect({ cookie, origin: `http://${web.authority}` }, { secret });
    return { dispatch: (method, input) => socket.call(method, input), log: web.log };
  }],
];

describe.each(CARRIERS)('every method, %s,', (_name, carrier) => {
  const opened = async (): Promise<Carrier> => {
    const carried = await carrier();
    expect(await carried.dispatch('vault.create', { passphrase: PASSPHRASE })).toMatchObject({ ok: true });
    return carried;
  };

  test('refuses malformed input', async () => {
    const { dispatch } = await carrier();
    for (const method of METHODS) {
      for (const input of [7, 'x', [], { surprise: true }, { id: { deep: 1 } }]) {
        expect(await dispatch(method, input), method).toMatchObject({ ok: false, error: { code: 'ERR_INPUT_INVALID' } });
      }
    }
  });

  test('that needs an open vault says so when it is locked', async () => {
    const { dispatch } = await carrier();
    for (const method of METHODS.filter((name) => definition(name).access !== 'open')) {
      const input = takesNothing(method) ? undefined : (STRANGERS[method] ?? GOOD[method]);
      expect(await dispatch(method, input), method).toMatchObject({ ok: false, error: { code: 'ERR_VAULT_LOCKED' } });
    }
  });

  test('that is given something unknown ends in one of its declared codes', async () => {
    const { dispatch, log } = await opened();
    for (const method of METHODS.filter((name) => name in STRANGERS)) {
      const outcome = await dispatch(method, STRANGERS[method]);
      if (!outcome.ok) expect([...definition(method).errors, ...(OF_ACCESS[definition(method).access] ?? [])], `${method} → ${outcome.error.code}`).toContain(outcome.error.code);
      else expect(['sources.discardPreview', 'sources.dismissWatched'], `${method} did something`).toContain(method);
    }
    expect(log).toEqual([]);
  });

  test('that can be answered on an empty vault is', async () => {
    const { dispatch, log } = await opened();
    // One ends it, the other asks a server, and here there is none.
    for (const method of METHODS.filter((name) => (takesNothing(name) || name in GOOD) && name !== 'vault.lock' && name !== 'updates.look')) {
      expect(await dispatch(method, GOOD[method]), method).toMatchObject({ ok: true });
    }
    expect(log).toEqual([]);
  });

  test('is either given something unknown or something good above', () => {
    expect(METHODS.filter((name) => !takesNothing(name) && !(name in STRANGERS) && !(name in GOOD))).toEqual([]);
  });
});

test('dispatch never rejects and never leaks, whatever the frame', async () => {
  const { core } = await openedCore();
  await fc.assert(fc.asyncProperty(fc.oneof(fc.string(), fc.constantFrom(...METHODS.filter((m) => !m.startsWith('vault.')), '__proto__', 'constructor', 'toString')), fc.anything({ withNullPrototype: true, withBigInt: true }), async (method, input) => {
    const outcome = await core.dispatch(method, input);
    if (!outcome.ok) {
      expect(ERROR_CODES).toContain(outcome.error.code);
      expect(outcome.error.code).not.toBe('ERR_INTERNAL');
    }
  }), { numRuns: 400 });
});
