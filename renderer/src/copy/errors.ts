/** Words for every error code: what happened, what was not affected, what to do. A new code does not compile until it has them. */
import type { ErrorCode } from '../../../shared/errors/codes.ts';

export interface ErrorWords {
  readonly title: string;
  /** What happened and what it did not touch. */
  readonly what: string;
  /** What to do now. */
  readonly next: string;
}

const words = (title: string, what: string, next: string): ErrorWords => ({ title, what, next });
const companySide = (title: string, what: string): ErrorWords => words(title, what, 'This concerns the company’s program. There is nothing you need to do.');

export const ERROR_WORDS: Readonly<Record<ErrorCode, ErrorWords>> = {
  ERR_INTERNAL: words('Something went wrong inside Penchant', 'This step was not carried out. What was saved before is untouched.', 'Try again. If it happens again, lock and unlock the vault.'),
  ERR_METHOD_UNKNOWN: words('This window and the program do not fit together', 'The program does not know this step. Nothing was changed.', 'Close the window and start Penchant again.'),
  ERR_INPUT_INVALID: words('That could not be used', 'Something in what was entered has the wrong form. Nothing was changed.', 'Check what you entered and try again.'),
  ERR_USAGE: words('That command is not complete', 'Nothing was changed.', 'Check how the command is meant to be written.'),
  ERR_CANCELLED: words('Stopped', 'You stopped this. What was finished by then is kept.', 'Start again whenever you like.'),
  ERR_JOB_UNKNOWN: words('That work is over', 'It has already ended.', 'Look at the list to see how it ended.'),
  ERR_CORE_GONE: words('The connection was lost', 'This window cannot reach Penchant at the moment. What was saved is safe.', 'It tries again by itself. If Penchant was closed, start it again.'),

  ERR_VAULT_MISSING: words('There is no vault here', 'No vault was found at this place.', 'Create one, or start Penchant with the right folder.'),
  ERR_VAULT_EXISTS: words('There is already a vault here', 'It was left as it is.', 'Unlock it instead.'),
  ERR_VAULT_LOCKED: words('The vault is locked', 'It locked before this was done. Nothing was changed.', 'Unlock it and try again.'),
  ERR_VAULT_IN_USE: words('Another program has this vault open', 'Two programs must not write to it at once, so this one stayed out.', 'Close the other window or command, then try again.'),
  ERR_VAULT_SECRET_WRONG: words('That did not open the vault', 'The passphrase or phrase does not fit. Nothing was changed, and there is no limit on trying.', 'Check capital letters and spaces, and try again.'),
  ERR_VAULT_HEADER_INVALID: words('The vault’s key file is damaged', 'It was changed or cut off, so Penchant does not trust it. Your records were not touched.', 'Put back a backup, or let a backup’s copy of it stand in and save what can be read.'),
  ERR_VAULT_CORRUPT: words('The vault’s file is damaged', 'Part of it cannot be read. It was left as it is.', 'Put back your last backup, or save what can still be read.'),
  ERR_VAULT_NEWER: words('This vault is from a newer Penchant', 'This version does not know how to read it, so it left it alone.', 'Update Penchant and open it again.'),
  ERR_VAULT_HISTORY_REWRITTEN: words('The vault’s inner history does not add up', 'Its list of changes was altered. Penchant will not write to it.', 'Put back your last backup.'),
  ERR_VAULT_UNREADABLE: words('The vault’s folder cannot be read', 'Penchant is not allowed to read or write there. Nothing was changed.', 'Check who owns the folder and whether the disk is connected.'),
  ERR_PASSPHRASE_WEAK: words('This passphrase is too easy to guess', 'Nothing was changed.', 'Add a word or two that have nothing to do with each other.'),
  ERR_RECOVERY_PHRASE_INVALID: words('That is not a complete recovery phrase', 'A recovery phrase has 24 words from a fixed list. Nothing was changed.', 'Check each word against your paper, in order.'),
  ERR_RECOVERY_WORDS_WRONG: words('Those words do not match', 'At least one word is different from your phrase. Nothing was changed.', 'Look at the numbers again and type the words as written.'),
  ERR_CLOSED_KEY_MISSING: words('That does not open the closed part', 'It was made before the closed part had a key of its own. Nothing was changed.', 'Use your passphrase, then make a new recovery phrase under Security: the new one opens it too.'),
  ERR_BACKUP_INVALID: words('The backup could not be used', 'It is damaged or incomplete. Your vault is as it was.', 'Use another backup, or make a new one.'),
  ERR_BACKUP_FOLDER: words('The folder for backups cannot be used', 'It is missing, or Penchant may not write there. Your vault is as it was.', 'Connect the disk, or choose another folder.'),
  ERR_BACKUP_OLDER: words('This backup is older than the vault here', 'What was added since would be missing, and permissions ended since would be open again. Nothing was changed.', 'Use a newer backup, or say that you want this one all the same.'),
  ERR_RECOVERY_HOPELESS: words('Nothing in this vault can be read any more', 'Its first page is damaged, and without it none of the others can be found. It was left as it is.', 'Put back your last backup.'),
  ERR_PLACED_LOCKED: words('It is in place, but still locked', 'The vault was put in its place; opening it there did not work, perhaps because another program was quicker. What was there before was renamed and lies beside it.', 'Go back and unlock it. If that does not work either, put back another backup.'),
  ERR_VAULT_NOT_EMPTY: words('This vault already holds something', 'An export can only be taken over into a new vault. Nothing was changed.', 'Create a new vault and take it over there.'),
  ERR_EXPORT_INVALID: words('This is not an export Penchant can take over', 'It is damaged, was changed, or was made by another program. Nothing of it was kept.', 'Choose another copy of the file.'),
  ERR_EXPORT_SECRET_WRONG: words('That does not open the export', 'The passphrase or key does not fit. Nothing was changed.', 'Check it and try again. It need not be the passphrase of your vault.'),
  ERR_RECIPIENT_INVALID: words('That is not a key an export can be locked with', 'Such a key begins with age1. Nothing was written.', 'Copy the whole public key and try again.'),
  ERR_STORAGE_FULL: words('The disk is full', 'There was no room to save this. What was saved before is safe.', 'Free some space and try again.'),

  ERR_VAULT_BUSY: words('The vault is getting a new key', 'This step was not carried out. Nothing was lost.', 'Wait until the new key is in place and try again.'),
  ERR_UNLOCK_AGAIN: words('Your passphrase is needed once more', 'It is a while since you unlocked. Nothing was changed by this step.', 'Try again and give your passphrase or recovery phrase.'),
  ERR_SLOT_UNKNOWN: words('That way to unlock is gone', 'It was removed or replaced before. Nothing was changed.', 'Look at the list again.'),
  ERR_SLOT_NEEDED: words('That is your last key', 'Without it only this computer could open the vault, and nothing could if it broke. It was kept.', 'Make a passphrase or a recovery phrase first.'),
  ERR_SLOTS_FULL: words('The vault has as many ways to unlock as it can have', 'Nothing was changed.', 'Remove one that you no longer use, then try again.'),
  ERR_KEYCHAIN_UNAVAILABLE: words('The keychain cannot be used', 'This computer’s keychain does not answer, protects nothing, or is out of reach from here. Nothing was stored there.', 'Use your passphrase. The keychain needs the desktop app and an unlocked desktop session.'),
  ERR_KEYCHAIN_CHANGED: words('This computer’s keychain has changed', 'It no longer holds what opens this vault. Nothing is lost.', 'Unlock with your passphrase, then set the keychain up again under Security.'),

  ERR_FILE_MISSING: words('The file is gone', 'It was moved or removed before it could be read. Nothing was changed.', 'Choose it again.'),
  ERR_FILE_UNREADABLE: words('The file could not be read', 'Nothing from it was stored.', 'Check that it is on this computer and that you may open it, then choose it again.'),
  ERR_FILE_EXISTS: words('There is already a file with that name', 'It was left as it is.', 'Choose another name.'),
  ERR_FILE_TOO_LARGE: words('The file is too large', 'Nothing from it was stored.', 'If it is a download with several parts, choose the parts one by one.'),
  ERR_TOO_MANY_FILES: words('There are too many files in there', 'Penchant looks into 5,000 files at most. Nothing was stored.', 'Choose the folder or zip file of one export at a time.'),
  ERR_MEMORY_EXCEEDED: words('This needed too much memory', 'Penchant stopped it before the computer became slow. Nothing was stored.', 'Choose fewer files at once, and use them as the service sent them.'),
  ERR_PREVIEW_TIMEOUT: words('Looking through the files took too long', 'Penchant stopped it after two minutes. Nothing was stored.', 'Choose the files of one export at a time.'),
  ERR_SOURCE_UNRECOGNISED: words('Penchant does not know this file', 'It does not look like an export from a service it can read. Nothing was stored.', 'Check below which file each service sends, and drop that one.'),
  ERR_ARCHIVE_INVALID: words('The zip file is damaged', 'It could not be opened. Nothing was stored.', 'Download it again and drop the new one.'),
  ERR_ARCHIVE_UNSAFE: words('The zip file is not safe to open', 'It holds file names that point outside of it. Nothing was stored.', 'Use the file exactly as the service sent it.'),
  ERR_ARCHIVE_BOMB: words('The zip file unpacks to far too much', 'It looks made to fill a disk. Nothing was stored.', 'Use the file exactly as the service sent it.'),
  ERR_DATABASE_INVALID: words('The browser’s history could not be read', 'The file is damaged, not whole, or was copied while the browser was writing to it. Nothing was stored.', 'Close the browser, copy the file again and drop the copy.'),
  ERR_ENCODING_INVALID: words('The text in the file is garbled', 'It is no text at all, or not in a form Penchant can read without guessing. Nothing was stored.', 'Use the original file; opening and saving it in another program can change it.'),
  ERR_CSV_INVALID: words('The table in the file is broken', 'It could not be read as rows and columns. Nothing was stored.', 'Download it again; editing it in another program can break it.'),
  ERR_JSON_INVALID: words('The file’s contents are not as expected', 'It is cut off or has another form than the service’s export. Nothing was stored.', 'Download it again and drop the new one.'),
  ERR_MAPPING_UNKNOWN: words('This source of your own is not there any more', 'It was deleted meanwhile. Nothing was changed.', 'Drop a file of the kind and say anew what is in it.'),
  ERR_MAPPING_EMPTY: words('Not one row could be read that way', 'Nothing was kept.', 'Look at the reasons beside the preview: which column is the title, and how the dates are written.'),
  ERR_PREVIEW_UNKNOWN: words('This preview has run out', 'Previews are forgotten after half an hour. Nothing was stored.', 'Drop the files again.'),
  ERR_ITEM_UNKNOWN: words('That is no longer in the vault', 'The import it came from was probably undone, or it was put into the closed part.', 'Look for it again.'),
  ERR_WATCH_FOLDER: words('Penchant cannot look in that folder', 'It is missing, or Penchant may not read it.', 'Write the whole path, from the top, of a folder that is there.'),
  ERR_IMPORT_UNKNOWN: words('That import is no longer there', 'It was probably undone already.', 'Look at the list of imports.'),
  ERR_IMPORT_BUSY: words('An import is still running', 'Only one can run at a time. Nothing was changed.', 'Wait until it is done, or stop it.'),

  ERR_PREFERENCE_UNKNOWN: words('That is no longer in your profile', 'It was changed or removed meanwhile.', 'Look at the list again.'),
  ERR_CLAIM_UNKNOWN: words('That kind of entry does not exist', 'Nothing was changed.', 'Choose one from the list.'),
  ERR_CLAIM_VALUE_INVALID: words('That value does not fit here', 'Nothing was changed.', 'Choose one of the values on offer.'),

  ERR_REQUEST_INVALID: words('This is not a complete request', 'Something in it is missing or has the wrong form, so nothing of it is shown. No one learns that you tried.', 'Ask the company for a new one, or copy it again in full.'),
  ERR_REQUEST_SIGNATURE: words('The signature on this request is wrong', 'It was changed on the way, or someone else made it. Nothing of it is shown and no one learns that you tried.', 'Do not use it. Ask the company for a new one.'),
  ERR_REQUEST_EXPIRED: words('This request has run out', 'It was meant to be answered earlier. The company has learnt nothing.', 'If you still want this, ask the company for a new one.'),
  ERR_REQUEST_UNKNOWN: words('That request is no longer there', 'Nothing was changed.', 'Look at the list of requests.'),
  ERR_REQUEST_DECIDED: words('You have already answered this request', 'Your first answer stands.', 'You can change or end what you allowed on the company’s page.'),
  ERR_COMPANY_UNKNOWN: words('That company is not in your vault', 'Nothing was changed.', 'Look at the list of companies.'),
  ERR_COMPANY_UNREACHABLE: words('The company’s site did not answer', 'Its identity stays unchecked. Nothing was changed.', 'Try later, or decide without it.'),
  ERR_GRANT_UNKNOWN: words('That permission is no longer there', 'Nothing was changed.', 'Look at the company’s page.'),
  ERR_GRANT_ENDED: words('That permission has already ended', 'The company gets nothing more from it.', 'If you want to allow it again, the company has to ask again.'),
  ERR_GRANT_EMPTY: words('Nothing would be left of it', 'A permission has to cover at least one thing. Nothing was changed.', 'Keep one thing, or end the permission.'),
  ERR_TEMPLATE_INVALID: words('This cannot be kept as a template', 'Nothing was changed.', 'Choose another name, or delete a template first.'),
  ERR_GRANT_WIDENS: words('That would give more than before', 'A permission can only be made smaller. Nothing was changed.', 'For more, the company has to ask again.'),
  ERR_CLAIM_REQUIRED: words('Something the company requires is not ticked', 'Without it the company cannot go on. Nothing was sent.', 'Tick it, or say no.'),
  ERR_CLAIM_NOT_ASKED: words('The company did not ask for this', 'So it cannot be given. Nothing was sent.', 'Choose among what was asked.'),
  ERR_PRECISION_INVALID: words('That is finer than what was asked', 'Nothing was changed.', 'Choose a coarser step.'),
  ERR_DURATION_INVALID: words('That end date does not fit', 'It has to lie ahead, and no later than what was asked. Nothing was changed.', 'Choose an earlier end.'),

  ERR_AUDIT_BROKEN: words('The log does not add up', 'Entries were changed, removed or put back from an older copy.', 'Put back your last backup, and find out who had access to this computer.'),
  ERR_CHECKPOINT_INVALID: words('That is no checkpoint of this vault', 'It is incomplete, was changed, or another vault signed it. Nothing was changed.', 'Copy it whole, with its last line, and try again.'),
  ERR_ENTRY_UNKNOWN: words('There is no entry of that number', 'The log is shorter than that. Nothing was changed.', 'Look up the number in Activity.'),
  ERR_RECEIPT_EMPTY: words('There is nothing to give a receipt of', 'The log holds no entry that could be proven to this company. Nothing was written.', 'Try again after it has asked.'),
  ERR_PORT_IN_USE: words('Another program uses that address', 'Programs on this computer cannot reach the vault. All else works.', 'Close the other program, then switch this off and on again.'),
  ERR_SESSION_INVALID: words('This window is no longer signed in', 'The link that opened it works once, in one browser. Your vault is untouched.', 'Start Penchant once more: it prints a new link to open.'),

  ERR_HOST_FOREIGN: companySide('A program used a wrong address', 'It was turned away.'),
  ERR_ORIGIN_FOREIGN: companySide('A web page tried to reach the vault', 'It was turned away.'),
  ERR_NOT_FOUND: words('There is nothing here', 'The address leads nowhere.', 'Go back to Home.'),
  ERR_METHOD_NOT_ALLOWED: companySide('A program asked in a wrong way', 'It was turned away.'),
  ERR_BODY_TOO_LARGE: companySide('A program sent too much', 'It was turned away.'),
  ERR_BODY_INVALID: companySide('A program sent something unreadable', 'It was turned away.'),
  ERR_TOKEN_INVALID: companySide('A token was not valid', 'It is unknown, has ended, or belongs to someone else. Nothing left the vault.'),
  ERR_PROOF_INVALID: companySide('A program could not prove who it is', 'Nothing left the vault.'),
  ERR_PROOF_NONCE: companySide('A program has to ask again', 'It used an old number. Nothing left the vault.'),
  ERR_SCOPE_EXCEEDED: companySide('A company asked for more than you allowed', 'Nothing left the vault.'),
  ERR_CADENCE_EXCEEDED: companySide('A company asked more often than you allowed', 'Nothing left the vault.'),
  ERR_RATE_LIMITED: companySide('A program asked too fast', 'It has to wait. Nothing left the vault.'),
};

export const errorWords = (code: ErrorCode): ErrorWords => ERROR_WORDS[code];
