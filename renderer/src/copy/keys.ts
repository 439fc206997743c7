/** Words of the keys of the vault: ways to unlock, a new master key, and asking once more. */
import { dateShort, inSentence } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';
import type { Output } from '../../../shared/api/contract.ts';

type Slot = Output<'vault.slots'>['slots'][number];
type Phase = 'copying' | 'encrypting' | 'checking' | 'switching';

export const keysCopy = {
  proofPassphrase: t('Your passphrase, to be sure it is you'), proofPhrase: t('Your recovery phrase, to be sure it is you'), usePhrase: t('Use the recovery phrase'), usePassphrase: t('Use the passphrase'),
  again: { title: t('Once more, please'), lead: t('It is a while since you unlocked. This step lets something out of the vault or changes how it is guarded, so it asks again.'), action: t('Go on') },
  askAgain: t('Ask for the passphrase again'), askAgainHint: t('Before something leaves the vault or its guard is changed. Changing keys always asks.'),
  askAgains: { '5': t('After 5 minutes'), '15': t('After 15 minutes'), '60': t('After 1 hour'), never: t('Not until I lock') },
  kinds: { passphrase: t('Passphrase'), recovery: t('Recovery phrase'), keychain: t('This computer’s keychain') } as const satisfies Record<Slot['kind'], string>,
  used: (slot: Slot): string => t('Since {created}. {used, select, yes {Last used on {last}.} other {Not used yet.}}', { created: dateShort(slot.createdAtMs), used: slot.lastUsedDayMs !== null, last: dateShort(slot.lastUsedDayMs ?? 0) }),
  remove: t('Remove'), removeTitle: (kind: Slot['kind']): string => t('Remove: {way}', { way: inSentence(keysCopy.kinds[kind]) }), removeText: t('It will no longer open this vault. Older backups still open with it.'), removed: t('Removed.'),
  renewKeychain: t('Renew'), renewKeychainText: t('The keychain gets a fresh secret. What it held before opens nothing any more.'), renewedKeychain: t('The keychain holds a fresh secret.'),
  addKeychain: t('Let this computer’s keychain unlock'), addKeychainText: t('You can then unlock without typing. Whoever can use your computer account can then open the vault, and so can other programs you run. Your passphrase and recovery phrase stay.'), addAction: t('Add it'), added: t('This computer’s keychain can unlock the vault.'),
  keychain: {
    ready: '', none: t('This computer’s keychain cannot be used in the browser version. The desktop app can use it.'),
    unavailable: t('This computer’s keychain does not answer at the moment.'), weak: t('This computer has no keychain that would protect the vault, so Penchant does not use it.'),
  } as const satisfies Record<Output<'vault.slots'>['keychain']['state'], string>,
  unlockKeychain: t('Unlock with this computer’s keychain'),
  rotate: t('Replace the master key'), rotateText: t('Do this when somebody may have had a copy of the vault’s files together with a passphrase or phrase of yours. Everything is encrypted anew. Your passphrase stays; you get a new recovery phrase, and the old one stops working. Permissions and the log stay as they are.'),
  rotateAction: t('Replace it'), rotateStop: t('Stop'), rotateWhile: t('Companies wait until this is through. Leave the window open.'),
  phases: { copying: t('Copying the vault…'), encrypting: t('Encrypting the copy under the new key…'), checking: t('Checking the copy…'), switching: t('Putting it in place…') } as const satisfies Record<Phase, string>,
  rotated: t('The new master key is in place.'), dropped: (count: number): string => t('{count, plural, one {One keychain of another computer no longer opens this vault.} other {# keychains of another computer no longer open this vault.}}', { count }),
} as const;
