/** Hostile headers: whatever stands in the key file, it is refused before work is done on it, or it is authentic. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  authenticHeader, KDF_FLOOR, makeKeychainSlot, makePassphraseSlot, makeRecoverySlot, openClosedKey, openSlots, parseHeader, passphraseBytes, serializeHeader, signHeader, unwrapIdentity, wrapIdentity, type Header,
} from '../../electron/core/vault/header.ts';
import { publicOf } from '../../electron/core/platform/crypto/hpke.ts';
import { canonicalJson, hkdf32, hmac, wrapKey } from '../../electron/core/platform/crypto/keys.ts';

const masterKey = randomBytes(32);
const identity = randomBytes(32);
const vaultId = randomBytes(16).toString('base64url');
const deps = { vaultId, masterKey, randomBytes: (size: number) => randomBytes(size), nowMs: 1_000 };
const entropy = randomBytes(32);
const closed = randomBytes(32);
const opened = { kind: 'recovery', secret: entropy } as const;

async function made(): Promise<Header> {
  const slots = [
    await makePassphraseSlot(deps, passphraseBytes('some words of no account'), closed, KDF_FLOOR), await makeRecoverySlot(deps, entropy, closed),
    await makeKeychainSlot(deps, randomBytes(32), { label: 'desk', backend: 'kwallet6', sealed: randomBytes(200) }),
  ];
  return signHeader({ format: 'penchant-vault', version: 2, vaultId, createdAtMs: 1_000, cipher: 'aegis', generation: 0, slots, identity: wrapIdentity(masterKey, identity, vaultId, randomBytes(12)), closedKey: publicOf(closed).toString('base64url'), recoveryConfirmed: true }, masterKey);
}
const header = await made();
const refused = async (text: string): Promise<boolean> => {
  try {
    return (await authenticHeader(parseHeader(text), masterKey, opened, randomBytes)) === null;
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_VAULT_(HEADER_INVALID|NEWER)$/u) as string });
    return true;
  }
};

/** Every place in a JSON value, as paths. */
function places(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, Array.isArray(value) ? Number(key) : key]))];
}
function withValueAt(value: unknown, path: readonly (string | number)[], next: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return next;
  if (Array.isArray(value)) return value.map((item: unknown, i) => (i === first ? withValueAt(item, rest, next) : item));
  return { ...(value as Record<string, unknown>), [first]: withValueAt((value as Record<string, unknown>)[first], rest, next) };
}

test('an honest header is read back as it was written', async () => {
  expect(await authenticHeader(parseHeader(serializeHeader(header)), masterKey, opened, randomBytes)).toEqual(header);
  expect(unwrapIdentity(header, masterKey)).toEqual(identity);
});

describe('anyone without the master key', () => {
  test('can change no value at any place unnoticed', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(...places(header).filter((path) => path.length > 0)), fc.jsonValue(), async (path, value) => {
      const edited = withValueAt(header, path, value);
      fc.pre(canonicalJson(edited) !== canonicalJson(header));
      expect(await refused(JSON.stringify(edited))).toBe(true);
    }), { numRuns: 2_000 });
  });

  test('can flip no byte of the file into another authentic header', async () => {
    const text = Buffer.from(serializeHeader(header));
    await fc.assert(fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      const bad = Buffer.from(text);
      bad[at] = (bad[at] ?? 0) ^ mask;
      // White space outside of strings carries nothing; what is read then is the header itself.
      if (!(await refused(bad.toString('utf8')))) expect(parseHeader(bad.toString('utf8'))).toEqual(header);
    }), { numRuns: 2_000 });
  });

  test('can put no text in its place that does more than be refused', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.jsonValue().map((value) => JSON.stringify({ ...header, slots: value }))), async (text) => { expect(await refused(text)).toBe(true); }), { numRuns: 1_000 });
  });
});

describe('even with a right MAC', () => {
  const resigned = (change: object): string => serializeHeader(signHeader({ ...header, ...change }, masterKey));
  const withKdf = (kdf: object): string => resigned({ slots: header.slots.map((slot) => (slot.kind === 'passphrase' ? { ...slot, kdf: { ...slot.kdf, ...kdf } } : slot)) });

  test('a derivation below the floor or absurdly heavy is refused before a byte is derived', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(
      fc.record({ memoryKiB: fc.integer({ min: -10, max: KDF_FLOOR.memoryKiB - 1 }) }), fc.record({ passes: fc.integer({ min: -10, max: KDF_FLOOR.passes - 1 }) }), fc.record({ lanes: fc.integer({ min: -10, max: KDF_FLOOR.lanes - 1 }) }),
      fc.record({ memoryKiB: fc.integer({ min: 2 * 1024 * 1024 + 1, max: 2 ** 31 }) }), fc.record({ passes: fc.integer({ min: 65, max: 2 ** 31 }) }), fc.record({ lanes: fc.integer({ min: 17, max: 2 ** 24 }) }),
      fc.record({ memoryKiB: fc.constant(2 * 1024 * 1024), passes: fc.integer({ min: 7, max: 64 }) }), fc.record({ name: fc.constantFrom('pbkdf2', 'argon2i', 'hkdf-sha256', 'none') }),
    ), async (kdf) => { expect(await refused(withKdf(kdf))).toBe(true); }));
  });

  test('slots without one for a person, doubled, too many or of an unknown kind are refused', async () => {
    const [passphrase, recovery, keychain] = header.slots;
    if (!passphrase || !recovery || !keychain) throw new Error('three slots were made');
    const more = Array.from({ length: 7 }, () => ({ ...keychain, id: randomBytes(8).toString('base64url') }));
    for (const slots of [[], [keychain], [passphrase, passphrase], [passphrase, { ...passphrase, id: randomBytes(8).toString('base64url') }], [recovery, keychain, keychain], [passphrase, recovery, ...more], [passphrase, { ...recovery, kind: 'face' }]]) {
      expect(await refused(resigned({ slots }))).toBe(true);
    }
    expect(await refused(resigned({ slots: [recovery, ...more] }))).toBe(false);
  });
});

describe('version 1', () => {
  /** The header as the first version of Penchant wrote it. */
  async function first(): Promise<Record<string, unknown>> {
    const start = { id: randomBytes(8).toString('base64url'), kind: 'recovery', kdf: { name: 'hkdf-sha256', salt: randomBytes(16).toString('base64url') } } as const;
    const kek = hkdf32(entropy, 'vault/v1/recovery', Buffer.from(start.kdf.salt, 'base64url'));
    const slot = { ...start, ...wrapKey(kek, masterKey, canonicalJson({ vaultId, ...start }), randomBytes(12)) };
    const unsigned = { format: 'penchant-vault', version: 1, vaultId, createdAtMs: 1_000, cipher: 'aegis', slots: [slot], recoveryConfirmed: true };
    return { ...unsigned, mac: hmac(hkdf32(masterKey, 'vault/v1/header-mac'), canonicalJson(unsigned)).toString('base64url') };
  }

  test('is read, opens by the same secret, and keeps everything that was derived from its master key', async () => {
    const stored = parseHeader(JSON.stringify(await first()));
    expect(await openSlots(stored, 'recovery', entropy)).toEqual(masterKey);
    const upgraded = await authenticHeader(stored, masterKey, opened, randomBytes);
    if (!upgraded) throw new Error('it is authentic');
    expect(upgraded).toMatchObject({ version: 2, generation: 0, recoveryConfirmed: true });
    expect(unwrapIdentity(upgraded, masterKey)).toEqual(masterKey);
    const again = parseHeader(serializeHeader(upgraded));
    expect(await authenticHeader(again, masterKey, opened, randomBytes)).toEqual(upgraded);
    const key = await openClosedKey(upgraded, 'recovery', entropy);
    if (!Buffer.isBuffer(key)) throw new Error('the slot that was opened holds the key of the closed part');
    expect(publicOf(key).toString('base64url')).toBe(upgraded.closedKey);
    expect(await openSlots(again, 'recovery', entropy)).toEqual(masterKey);
  });

  test('cannot be edited either', async () => {
    const text = await first();
    for (const change of [{ recoveryConfirmed: false }, { cipher: 'chacha20' }, { createdAtMs: 2 }, { slots: [] }, { generation: 0 }]) expect(await refused(JSON.stringify({ ...text, ...change }))).toBe(true);
  });
});

test('damage within a slot is told as damage, not as a wrong secret; a key file of before there was a sum opens as it did', () => {
  const stored = JSON.parse(serializeHeader(header)) as Header & { sum?: string };
  const { sum, ...without } = stored;
  expect(sum).toMatch(/^[\w-]{43}$/u);
  expect(parseHeader(JSON.stringify(without))).toEqual(header);
  for (const bad of ['', 5, null, `${sum?.slice(1)}A`]) expect(() => parseHeader(JSON.stringify({ ...without, sum: bad }))).toThrow(expect.objectContaining({ code: 'ERR_VAULT_HEADER_INVALID' }));
  const slot = stored.slots[0];
  if (slot) slot.keys.vault.sealed = `${slot.keys.vault.sealed.startsWith('A') ? 'B' : 'A'}${slot.keys.vault.sealed.slice(1)}`;
  expect(() => parseHeader(JSON.stringify(stored))).toThrow(expect.objectContaining({ code: 'ERR_VAULT_HEADER_INVALID' }));
});
