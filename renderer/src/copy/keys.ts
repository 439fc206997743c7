/** Words of the keys of the vault: ways to unlock, a new master key, and asking once more. */
import type { Output } from '../../../shared/api/contract.ts';
import { dateShort } from './format.ts';

type Slot = Output<'vault.slots'>['slots'][number];
type Phase = 'copying' | 'encrypting' | 'checking' | 'switching';

export const keysCopy = {
  proofPassphrase: 'Your passphrase, to be sure it is you', proofPhrase: 'Your recovery phrase, to be sure it is you', usePhrase: 'Use the recovery phrase', usePassphrase: 'Use the passphrase',
  again: { title: 'Once more, please', lead: 'It is a while since you unlocked. This step lets something out of the vault or changes how it is guarded, so it asks again.', action: 'Go on' },
  askAgain: 'Ask for the passphrase again', askAgainHint: 'Before something leaves the vault or its guard is changed. Changing keys always asks.',
  askAgains: { '5': 'After 5 minutes', '15': 'After 15 minutes', '60': 'After 1 hour', never: 'Not until I lock' },
  kinds: { passphrase: 'Passphrase', recovery: 'Recovery phrase', keychain: 'This computer’s keychain' } as const satisfies Record<Slot['kind'], string>,
  used: (slot: Slot): string => `Since ${dateShort(slot.createdAtMs)}. ${slot.lastUsedDayMs === null ? 'Not used yet.' : `Last used on ${dateShort(slot.lastUsedDayMs)}.`}`,
  remove: 'Remove', removeTitle: (kind: Slot['kind']): string => `Remove: ${keysCopy.kinds[kind].toLowerCase()}`, removeText: 'It will no longer open this vault. Older backups still open with it.', removed: 'Removed.',
  renewKeychain: 'Renew', renewKeychainText: 'The keychain gets a fresh secret. What it held before opens nothing any more.', renewedKeychain: 'The keychain holds a fresh secret.',
  addKeychain: 'Let this computer’s keychain unlock', addKeychainText: 'You can then unlock without typing. Whoever can use your computer account can then open the vault, and so can other programs you run. Your passphrase and recovery phrase stay.', addAction: 'Add it', added: 'This computer’s keychain can unlock the vault.',
  keychain: {
    ready: '', none: 'This computer’s keychain cannot be used in the browser version. The desktop app can use it.',
    unavailable: 'This computer’s keychain does not answer at the moment.', weak: 'This computer has no keychain that would protect the vault, so Penchant does not use it.',
  } as const satisfies Record<Output<'vault.slots'>['keychain']['state'], string>,
  unlockKeychain: 'Unlock with this computer’s keychain',
  rotate: 'Replace the master key', rotateText: 'Do this when somebody may have had a copy of the vault’s files together with a passphrase or phrase of yours. Everything is encrypted anew. Your passphrase stays; you get a new recovery phrase, and the old one stops working. Permissions and the log stay as they are.',
  rotateAction: 'Replace it', rotateStop: 'Stop', rotateWhile: 'Companies wait until this is through. Leave the window open.',
  phases: { copying: 'Copying the vault…', encrypting: 'Encrypting the copy under the new key…', checking: 'Checking the copy…', switching: 'Putting it in place…' } as const satisfies Record<Phase, string>,
  rotated: 'The new master key is in place.', dropped: (count: number): string => `${count === 1 ? 'One keychain' : `${count} keychains`} of another computer no longer opens this vault.`,
} as const;
