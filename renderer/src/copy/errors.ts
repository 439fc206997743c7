/** Words for every error code: what happened, what was not affected, what to do. A new code does not compile until it has them. */
import { t } from '../../../shared/language/message.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';

export interface ErrorWords {
  readonly title: string;
  /** What happened and what it did not touch. */
  readonly what: string;
  /** What to do now. */
  readonly next: string;
}

const words = (title: string, what: string, next: string): ErrorWords => ({ title, what, next });
const companySide = (title: string, what: string): ErrorWords => words(title, what, t('This concerns the company’s program. There is nothing you need to do.'));

export const ERROR_WORDS: Readonly<Record<ErrorCode, ErrorWords>> = {
  ERR_INTERNAL: words(t('Something went wrong inside Penchant'), t('This step was not carried out. What was saved before is untouched.'), t('Try again. If it happens again, lock and unlock the vault.')),
  ERR_METHOD_UNKNOWN: words(t('This window and the program do not fit together'), t('The program does not know this step. Nothing was changed.'), t('Close the window and start Penchant again.')),
  ERR_INPUT_INVALID: words(t('That could not be used'), t('Something in what was entered has the wrong form. Nothing was changed.'), t('Check what you entered and try again.')),
  ERR_USAGE: words(t('That command is not complete'), t('Nothing was changed.'), t('Check how the command is meant to be written.')),
  ERR_CANCELLED: words(t('Stopped'), t('You stopped this. What was finished by then is kept.'), t('Start again whenever you like.')),
  ERR_JOB_UNKNOWN: words(t('That work is over'), t('It has already ended.'), t('Look at the list to see how it ended.')),
  ERR_CORE_GONE: words(t('The connection was lost'), t('This window cannot reach Penchant at the moment. What was saved is safe.'), t('It tries again by itself. If Penchant was closed, start it again.')),
  ERR_UPDATES_UNKNOWN: words(t('It could not be learnt which version is the newest'), t('The place that knows did not say. Nothing was changed.'), t('Try again later, or look where you got Penchant from.')),

  ERR_VAULT_MISSING: words(t('There is no vault here'), t('No vault was found at this place.'), t('Create one, or start Penchant with the right folder.')),
  ERR_VAULT_EXISTS: words(t('There is already a vault here'), t('It was left as it is.'), t('Unlock it instead.')),
  ERR_VAULT_LOCKED: words(t('The vault is locked'), t('It locked before this was done. Nothing was changed.'), t('Unlock it and try again.')),
  ERR_VAULT_IN_USE: words(t('Another program has this vault open'), t('Two programs must not write to it at once, so this one stayed out.'), t('Close the other window or command, then try again.')),
  ERR_VAULT_SECRET_WRONG: words(t('That did not open the vault'), t('The passphrase or phrase does not fit. Nothing was changed, and there is no limit on trying.'), t('Check capital letters and spaces, and try again.')),
  ERR_VAULT_HEADER_INVALID: words(t('The vault’s key file is damaged'), t('It was changed or cut off, so Penchant does not trust it. Your records were not touched.'), t('Put back a backup, or let a backup’s copy of it stand in and save what can be read.')),
  ERR_VAULT_CORRUPT: words(t('The vault’s file is damaged'), t('Part of it cannot be read. It was left as it is.'), t('Put back your last backup, or save what can still be read.')),
  ERR_VAULT_NEWER: words(t('This vault is from a newer Penchant'), t('This version does not know how to read it, so it left it alone.'), t('Update Penchant and open it again.')),
  ERR_VAULT_HISTORY_REWRITTEN: words(t('The vault’s inner history does not add up'), t('Its list of changes was altered. Penchant will not write to it.'), t('Put back your last backup.')),
  ERR_VAULT_UNREADABLE: words(t('The vault’s folder cannot be read'), t('Penchant is not allowed to read or write there. Nothing was changed.'), t('Check who owns the folder and whether the disk is connected.')),
  ERR_PASSPHRASE_WEAK: words(t('This passphrase is too easy to guess'), t('Nothing was changed.'), t('Add a word or two that have nothing to do with each other.')),
  ERR_RECOVERY_PHRASE_INVALID: words(t('That is not a complete recovery phrase'), t('A recovery phrase has 24 words from a fixed list. Nothing was changed.'), t('Check each word against your paper, in order.')),
  ERR_RECOVERY_WORDS_WRONG: words(t('Those words do not match'), t('At least one word is different from your phrase. Nothing was changed.'), t('Look at the numbers again and type the words as written.')),
  ERR_CLOSED_KEY_MISSING: words(t('That does not open the closed part'), t('It was made before the closed part had a key of its own. Nothing was changed.'), t('Use your passphrase, then make a new recovery phrase under Security: the new one opens it too.')),
  ERR_BACKUP_INVALID: words(t('The backup could not be used'), t('It is damaged or incomplete. Your vault is as it was.'), t('Use another backup, or make a new one.')),
  ERR_BACKUP_FOLDER: words(t('The folder for backups cannot be used'), t('It is missing, or Penchant may not write there. Your vault is as it was.'), t('Connect the disk, or choose another folder.')),
  ERR_BACKUP_OLDER: words(t('This backup is older than the vault here'), t('What was added since would be missing, and permissions ended since would be open again. Nothing was changed.'), t('Use a newer backup, or say that you want this one all the same.')),
  ERR_RECOVERY_HOPELESS: words(t('Nothing in this vault can be read any more'), t('Its first page is damaged, and without it none of the others can be found. It was left as it is.'), t('Put back your last backup.')),
  ERR_PLACED_LOCKED: words(t('It is in place, but still locked'), t('The vault was put in its place; opening it there did not work, perhaps because another program was quicker. What was there before was renamed and lies beside it.'), t('Go back and unlock it. If that does not work either, put back another backup.')),
  ERR_VAULT_NOT_EMPTY: words(t('This vault already holds something'), t('An export can only be taken over into a new vault. Nothing was changed.'), t('Create a new vault and take it over there.')),
  ERR_EXPORT_INVALID: words(t('This is not an export Penchant can take over'), t('It is damaged, was changed, or was made by another program. Nothing of it was kept.'), t('Choose another copy of the file.')),
  ERR_EXPORT_SECRET_WRONG: words(t('That does not open the export'), t('The passphrase or key does not fit. Nothing was changed.'), t('Check it and try again. It need not be the passphrase of your vault.')),
  ERR_RECIPIENT_INVALID: words(t('That is not a key an export can be locked with'), t('Such a key begins with age1. Nothing was written.'), t('Copy the whole public key and try again.')),
  ERR_STORAGE_FULL: words(t('The disk is full'), t('There was no room to save this. What was saved before is safe.'), t('Free some space and try again.')),

  ERR_VAULT_BUSY: words(t('The vault is getting a new key'), t('This step was not carried out. Nothing was lost.'), t('Wait until the new key is in place and try again.')),
  ERR_UNLOCK_AGAIN: words(t('Your passphrase is needed once more'), t('It is a while since you unlocked. Nothing was changed by this step.'), t('Try again and give your passphrase or recovery phrase.')),
  ERR_SLOT_UNKNOWN: words(t('That way to unlock is gone'), t('It was removed or replaced before. Nothing was changed.'), t('Look at the list again.')),
  ERR_SLOT_NEEDED: words(t('That is your last key'), t('Without it only this computer could open the vault, and nothing could if it broke. It was kept.'), t('Make a passphrase or a recovery phrase first.')),
  ERR_SLOTS_FULL: words(t('The vault has as many ways to unlock as it can have'), t('Nothing was changed.'), t('Remove one that you no longer use, then try again.')),
  ERR_KEYCHAIN_UNAVAILABLE: words(t('The keychain cannot be used'), t('This computer’s keychain does not answer, protects nothing, or is out of reach from here. Nothing was stored there.'), t('Use your passphrase. The keychain needs the desktop app and an unlocked desktop session.')),
  ERR_KEYCHAIN_CHANGED: words(t('This computer’s keychain has changed'), t('It no longer holds what opens this vault. Nothing is lost.'), t('Unlock with your passphrase, then set the keychain up again under Security.')),

  ERR_FILE_MISSING: words(t('The file is gone'), t('It was moved or removed before it could be read. Nothing was changed.'), t('Choose it again.')),
  ERR_FILE_UNREADABLE: words(t('The file could not be read'), t('Nothing from it was stored.'), t('Check that it is on this computer and that you may open it, then choose it again.')),
  ERR_FILE_EXISTS: words(t('There is already a file with that name'), t('It was left as it is.'), t('Choose another name.')),
  ERR_FILE_TOO_LARGE: words(t('The file is too large'), t('Nothing from it was stored.'), t('If it is a download with several parts, choose the parts one by one.')),
  ERR_TOO_MANY_FILES: words(t('There are too many files in there'), t('Penchant looks into 5,000 files at most. Nothing was stored.'), t('Choose the folder or zip file of one export at a time.')),
  ERR_MEMORY_EXCEEDED: words(t('This needed too much memory'), t('Penchant stopped it before the computer became slow. Nothing was stored.'), t('Choose fewer files at once, and use them as the service sent them.')),
  ERR_PREVIEW_TIMEOUT: words(t('Looking through the files took too long'), t('Penchant stopped it after two minutes. Nothing was stored.'), t('Choose the files of one export at a time.')),
  ERR_SOURCE_UNRECOGNISED: words(t('Penchant does not know this file'), t('It does not look like an export from a service it can read. Nothing was stored.'), t('Check below which file each service sends, and drop that one.')),
  ERR_ARCHIVE_INVALID: words(t('The zip file is damaged'), t('It could not be opened. Nothing was stored.'), t('Download it again and drop the new one.')),
  ERR_ARCHIVE_UNSAFE: words(t('The zip file is not safe to open'), t('It holds file names that point outside of it. Nothing was stored.'), t('Use the file exactly as the service sent it.')),
  ERR_ARCHIVE_BOMB: words(t('The zip file unpacks to far too much'), t('It looks made to fill a disk. Nothing was stored.'), t('Use the file exactly as the service sent it.')),
  ERR_DATABASE_INVALID: words(t('The browser’s history could not be read'), t('The file is damaged, not whole, or was copied while the browser was writing to it. Nothing was stored.'), t('Close the browser, copy the file again and drop the copy.')),
  ERR_ENCODING_INVALID: words(t('The text in the file is garbled'), t('It is no text at all, or not in a form Penchant can read without guessing. Nothing was stored.'), t('Use the original file; opening and saving it in another program can change it.')),
  ERR_CSV_INVALID: words(t('The table in the file is broken'), t('It could not be read as rows and columns. Nothing was stored.'), t('Download it again; editing it in another program can break it.')),
  ERR_JSON_INVALID: words(t('The file’s contents are not as expected'), t('It is cut off or has another form than the service’s export. Nothing was stored.'), t('Download it again and drop the new one.')),
  ERR_MAPPING_UNKNOWN: words(t('This source of your own is not there any more'), t('It was deleted meanwhile. Nothing was changed.'), t('Drop a file of the kind and say anew what is in it.')),
  ERR_MAPPING_EMPTY: words(t('Not one row could be read that way'), t('Nothing was kept.'), t('Look at the reasons beside the preview: which column is the title, and how the dates are written.')),
  ERR_PREVIEW_UNKNOWN: words(t('This preview has run out'), t('Previews are forgotten after half an hour. Nothing was stored.'), t('Drop the files again.')),
  ERR_ITEM_UNKNOWN: words(t('That is no longer in the vault'), t('The import it came from was probably undone, or it was put into the closed part.'), t('Look for it again.')),
  ERR_WATCH_FOLDER: words(t('Penchant cannot look in that folder'), t('It is missing, or Penchant may not read it.'), t('Write the whole path, from the top, of a folder that is there.')),
  ERR_IMPORT_UNKNOWN: words(t('That import is no longer there'), t('It was probably undone already.'), t('Look at the list of imports.')),
  ERR_IMPORT_BUSY: words(t('An import is still running'), t('Only one can run at a time. Nothing was changed.'), t('Wait until it is done, or stop it.')),

  ERR_PREFERENCE_UNKNOWN: words(t('That is no longer in your profile'), t('It was changed or removed meanwhile.'), t('Look at the list again.')),
  ERR_CLAIM_UNKNOWN: words(t('That kind of entry does not exist'), t('Nothing was changed.'), t('Choose one from the list.')),
  ERR_CLAIM_VALUE_INVALID: words(t('That value does not fit here'), t('Nothing was changed.'), t('Choose one of the values on offer.')),

  ERR_REQUEST_INVALID: words(t('This is not a complete request'), t('Something in it is missing or has the wrong form, so nothing of it is shown. No one learns that you tried.'), t('Ask the company for a new one, or copy it again in full.')),
  ERR_REQUEST_SIGNATURE: words(t('The signature on this request is wrong'), t('It was changed on the way, or someone else made it. Nothing of it is shown and no one learns that you tried.'), t('Do not use it. Ask the company for a new one.')),
  ERR_REQUEST_EXPIRED: words(t('This request has run out'), t('It was meant to be answered earlier. The company has learnt nothing.'), t('If you still want this, ask the company for a new one.')),
  ERR_REQUEST_UNKNOWN: words(t('That request is no longer there'), t('Nothing was changed.'), t('Look at the list of requests.')),
  ERR_REQUEST_DECIDED: words(t('You have already answered this request'), t('Your first answer stands.'), t('You can change or end what you allowed on the company’s page.')),
  ERR_COMPANY_UNKNOWN: words(t('That company is not in your vault'), t('Nothing was changed.'), t('Look at the list of companies.')),
  ERR_COMPANY_UNREACHABLE: words(t('The company’s site did not answer'), t('Its identity stays unchecked. Nothing was changed.'), t('Try later, or decide without it.')),
  ERR_GRANT_UNKNOWN: words(t('That permission is no longer there'), t('Nothing was changed.'), t('Look at the company’s page.')),
  ERR_GRANT_ENDED: words(t('That permission has already ended'), t('The company gets nothing more from it.'), t('If you want to allow it again, the company has to ask again.')),
  ERR_GRANT_EMPTY: words(t('Nothing would be left of it'), t('A permission has to cover at least one thing. Nothing was changed.'), t('Keep one thing, or end the permission.')),
  ERR_TEMPLATE_INVALID: words(t('This cannot be kept as a template'), t('Nothing was changed.'), t('Choose another name, or delete a template first.')),
  ERR_GRANT_WIDENS: words(t('That would give more than before'), t('A permission can only be made smaller. Nothing was changed.'), t('For more, the company has to ask again.')),
  ERR_CLAIM_REQUIRED: words(t('Something the company requires is not ticked'), t('Without it the company cannot go on. Nothing was sent.'), t('Tick it, or say no.')),
  ERR_CLAIM_NOT_ASKED: words(t('The company did not ask for this'), t('So it cannot be given. Nothing was sent.'), t('Choose among what was asked.')),
  ERR_PRECISION_INVALID: words(t('That is finer than what was asked'), t('Nothing was changed.'), t('Choose a coarser step.')),
  ERR_DURATION_INVALID: words(t('That end date does not fit'), t('It has to lie ahead, and no later than what was asked. Nothing was changed.'), t('Choose an earlier end.')),

  ERR_AUDIT_BROKEN: words(t('The log does not add up'), t('Entries were changed, removed or put back from an older copy.'), t('Put back your last backup, and find out who had access to this computer.')),
  ERR_CHECKPOINT_INVALID: words(t('That is no checkpoint of this vault'), t('It is incomplete, was changed, or another vault signed it. Nothing was changed.'), t('Copy it whole, with its last line, and try again.')),
  ERR_ENTRY_UNKNOWN: words(t('There is no entry of that number'), t('The log is shorter than that. Nothing was changed.'), t('Look up the number in Activity.')),
  ERR_RECEIPT_EMPTY: words(t('There is nothing to give a receipt of'), t('The log holds no entry that could be proven to this company. Nothing was written.'), t('Try again after it has asked.')),
  ERR_LOOPBACK_OFF: words(t('Programs on this computer may not ask'), t('You switched that off, so the practice shop cannot ask either. Nothing was changed.'), t('Switch “Let programs on this computer ask” on under Settings, then start the shop again.')),
  ERR_PORT_IN_USE: words(t('Another program uses that address'), t('Programs on this computer cannot reach the vault. All else works.'), t('Close the other program, then switch this off and on again.')),
  ERR_SESSION_INVALID: words(t('This window is no longer signed in'), t('The link that opened it works once, in one browser. Your vault is untouched.'), t('Start Penchant once more: it prints a new link to open.')),

  ERR_HOST_FOREIGN: companySide(t('A program used a wrong address'), t('It was turned away.')),
  ERR_ORIGIN_FOREIGN: companySide(t('A web page tried to reach the vault'), t('It was turned away.')),
  ERR_NOT_FOUND: words(t('There is nothing here'), t('The address leads nowhere.'), t('Go back to Home.')),
  ERR_METHOD_NOT_ALLOWED: companySide(t('A program asked in a wrong way'), t('It was turned away.')),
  ERR_BODY_TOO_LARGE: companySide(t('A program sent too much'), t('It was turned away.')),
  ERR_BODY_INVALID: companySide(t('A program sent something unreadable'), t('It was turned away.')),
  ERR_TOKEN_INVALID: companySide(t('A token was not valid'), t('It is unknown, has ended, or belongs to someone else. Nothing left the vault.')),
  ERR_PROOF_INVALID: companySide(t('A program could not prove who it is'), t('Nothing left the vault.')),
  ERR_PROOF_NONCE: companySide(t('A program has to ask again'), t('It used an old number. Nothing left the vault.')),
  ERR_SCOPE_EXCEEDED: companySide(t('A company asked for more than you allowed'), t('Nothing left the vault.')),
  ERR_CADENCE_EXCEEDED: companySide(t('A company asked more often than you allowed'), t('Nothing left the vault.')),
  ERR_RATE_LIMITED: companySide(t('A program asked too fast'), t('It has to wait. Nothing left the vault.')),
};

export const errorWords = (code: ErrorCode): ErrorWords => ERROR_WORDS[code];
