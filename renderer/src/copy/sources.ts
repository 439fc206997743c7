/** Words of Sources: how to get an export, what an import does, how it ended, how to take it back. */
import type { Act, SourceId } from '../../../shared/domain/records.ts';
import { bytes, counted, list, number, remaining } from './format.ts';


export interface SourceGuide { readonly name: string; readonly what: string; readonly wait: string; readonly file: string; readonly steps: readonly string[]; readonly quick?: string }

export const SOURCE_GUIDES: Readonly<Record<Exclude<SourceId, 'own'>, SourceGuide>> = {
  netflix: {
    name: 'Netflix', what: 'What you watched, and when; what you rated, searched for and put on your list.', wait: 'Usually a day, at most 30 days. The quick way takes a minute.',
    file: 'netflix-report.zip as it is, single files of it, or NetflixViewingHistory.csv',
    steps: [
      'Sign in at netflix.com in a browser.',
      'Open Account, then Security, then “Personal info access”. The address is netflix.com/account/getmyinfo.',
      'Choose “Submit request” and confirm it by the email Netflix sends you.',
      'When the second email comes, download the zip file and drop it here as it is.',
    ],
    quick: 'Quick way: Account, your profile, “Viewing activity”, then “Download all” at the foot of the page. This has titles and dates only.',
  },
  spotify: {
    name: 'Spotify', what: 'What you listened to, and for how long.', wait: 'Account data: about 5 days. Extended history, all years: up to 30 days.',
    file: 'my_spotify_data.zip',
    steps: [
      'Sign in at spotify.com in a browser and open your account page.',
      'Open “Account privacy” and go down to “Download your data”. The address is spotify.com/account/privacy.',
      'Tick “Extended streaming history” for all years, or “Account data” for the last year. Press “Request data” and confirm by email.',
      'When the email comes, download the zip file and drop it here as it is.',
    ],
  },
  amazon: {
    name: 'Amazon', what: 'What you ordered, and what it cost; what you searched for, put in the cart, watched on Prime Video and heard on Audible; who advertises to you.', wait: 'Usually 1 to 5 days, at most 30 days.',
    file: 'Your Orders.zip, All Data Categories.zip, or single files of them',
    steps: [
      'Sign in at your Amazon site in a browser.',
      'Open Account, then “Request your data”. The address ends in /hz/privacy-central/data-requests/preview.html.',
      'Choose “Your Orders” for orders, or “Request All Your Data” for searches, Prime Video, Audible and advertising, too. Submit the request and confirm it by the email Amazon sends you.',
      'When the email comes, download the zip files and drop them here as they are. Refunds, wish lists and what Alexa heard are not read.',
    ],
  },
  google: {
    name: 'Google and YouTube', what: 'What you watched on YouTube, searched for and installed, and the sites you visited, by name only.', wait: 'Usually minutes to some hours.',
    file: 'takeout-….zip; when there are several, drop all of them together',
    steps: [
      'Sign in at takeout.google.com in a browser.',
      'Press “Deselect all”, then tick “YouTube and YouTube Music”, “My Activity”, “Google Play Store” and, for sites, “Chrome”.',
      'Press “Next step”, then “Create export”. Every format works; JSON is read fastest.',
      'When the email comes, download the zip file and drop it here as it is.',
    ],
  },
  goodreads: {
    name: 'Goodreads', what: 'Books you read, rated, or want to read.', wait: 'About a minute.',
    file: 'goodreads_library_export.csv',
    steps: ['Sign in at goodreads.com in a browser.', 'Open “My Books”, then “Import and export” on the left. The address is goodreads.com/review/import.', 'Press “Export Library”, wait for the link, download the file and drop it here.'],
  },
  letterboxd: {
    name: 'Letterboxd', what: 'Films you watched, rated, or want to watch.', wait: 'At once.',
    file: 'letterboxd-….zip',
    steps: ['Sign in at letterboxd.com in a browser.', 'Open Settings, then “Data”, and press “Export your data”.', 'Drop the zip file here as it is.'],
  },
  apple: {
    name: 'Apple Music', what: 'What you listened to, liked, and keep in your library.', wait: 'Usually 3 to 7 days.',
    file: 'Apple_Media_Services.zip',
    steps: ['Sign in at privacy.apple.com in a browser.', 'Choose “Request a copy of your data”, tick “Apple Media Services information” and confirm.', 'When the email comes, download the zip file and drop it here as it is; the zip files in it are opened, too.'],
  },
  instagram: {
    name: 'Instagram', what: 'What Instagram thinks you are interested in, who advertises to you, what you searched for, and hashtags you follow or liked. No accounts of others.', wait: 'Usually some hours, at most 30 days.',
    file: 'instagram-….zip',
    steps: ['In the app or at instagram.com open Settings, then “Accounts Center”, “Your information and permissions”, “Export your information”.', 'Choose your account, “Export to device”, and JSON as the format: HTML is not read.', 'When the email comes, download the zip file and drop it here as it is.'],
  },
  facebook: {
    name: 'Facebook', what: 'What Facebook thinks you are interested in, who advertises to you, pages you liked, and what you saved or searched for. No friends, no messages.', wait: 'Usually some hours, at most 30 days.',
    file: 'facebook-….zip',
    steps: ['At facebook.com open Settings, then “Accounts Center”, “Your information and permissions”, “Export your information”.', 'Choose your account, “Export to device”, and JSON as the format: HTML is not read.', 'When the email comes, download the zip file and drop it here as it is.'],
  },
  tiktok: {
    name: 'TikTok', what: 'What TikTok thinks you are interested in, what you searched for, hashtags you kept, and what you bought in its shop. The videos have no titles in the file.', wait: 'Usually a day or two.',
    file: 'TikTok_Data_….zip, or user_data_tiktok.json',
    steps: ['In the app open your profile, the menu, “Settings and privacy”, “Account”, “Download your data”.', 'Choose JSON as the format and request it.', 'Come back to the same place when it is ready, download the file and drop it here.'],
  },
  browser: {
    name: 'Your browser', what: 'The sites you bookmarked and, if you want, those you visited, by name only: no pages, no titles, no folders.', wait: 'At once.',
    file: 'bookmarks.html; bookmarks-….json of Firefox; places.sqlite or History',
    steps: [
      'Bookmarks of Chrome, Edge or Brave: open the menu, “Bookmarks” or “Favorites”, the bookmark manager, and in its menu “Export bookmarks”. Of Safari: in the menu bar choose “File”, “Export”, “Bookmarks”.',
      'Bookmarks of Firefox: open the menu, “Bookmarks”, “Manage bookmarks”, then “Import and Backup” and “Export Bookmarks to HTML” or “Backup”. The backups Firefox makes by itself end in “jsonlz4” and are not read.',
      'Sites you visited are the most sensitive thing on this computer. Penchant keeps the name of each site and the day, never a page, a title or a search, and leaves out what touches a closed part of life unless you say otherwise. You tick it yourself before anything is stored.',
      'For them you copy one file, with the browser closed: one that runs keeps the file locked or half written. Firefox: open about:profiles, then “Root Directory” and “Open Folder”; close Firefox and copy places.sqlite. The folder is in %APPDATA%\\Mozilla\\Firefox\\Profiles on Windows, ~/Library/Application Support/Firefox/Profiles on macOS, ~/.mozilla/firefox on Linux (or ~/snap/firefox/common/.mozilla/firefox).',
      'Chrome, Edge, Brave: open chrome://version, read “Profile Path”, open that folder, close the browser, and copy the file “History”, which has no ending. For Chrome the folder is %LOCALAPPDATA%\\Google\\Chrome\\User Data\\Default on Windows, ~/Library/Application Support/Google/Chrome/Default on macOS, ~/.config/google-chrome/Default on Linux.',
      'Drop the file here.',
    ],
  },
};

export const SOURCES = Object.keys(SOURCE_GUIDES) as (keyof typeof SOURCE_GUIDES)[];
/** `own`: what the person calls it, where it is known which of theirs it is. */
export const sourceName = (source: SourceId, own: string | null = null): string => (source === 'own' ? own ?? 'Your own files' : SOURCE_GUIDES[source].name);

const FORMATS: Readonly<Record<string, string>> = {
  'netflix/viewing-activity': 'Viewing activity', 'netflix/viewing-history': 'Viewing history, titles and dates only', 'netflix/ratings': 'Ratings', 'netflix/searches': 'Searches', 'netflix/my-list': 'Your list', 'netflix/indicated': 'What you told Netflix you like',
  'spotify/account': 'Streaming history, the last year', 'spotify/account-podcasts': 'Podcast history, the last year', 'spotify/extended': 'Extended streaming history',
  'amazon/retail-order-history': 'Order history, before 2026', 'amazon/orders-2026': 'Order history, from 2026', 'amazon/order-history-report': 'Order history report, before 2023',
  'amazon/digital-orders': 'Digital orders', 'amazon/cart': 'What you put in the cart', 'amazon/searches': 'Searches', 'amazon/prime-video': 'Prime Video, what you watched', 'amazon/prime-video-hours': 'Prime Video, what you watched until 2022', 'amazon/audible-listening': 'Audible, what you heard', 'amazon/audible-library': 'Audible, your library',
  'spotify/searches': 'Searches', 'spotify/library': 'Your library', 'spotify/playlists': 'Playlists', 'spotify/inferences': 'What Spotify says about you',
  'amazon/advertisers': 'Who advertises to you', 'amazon/audiences': 'What Amazon says about you', 'amazon/third-party-audiences': 'What others told Amazon about you',
  'instagram/topics': 'Your topics', 'instagram/interests': 'Interests it sees in you', 'instagram/advertisers': 'Who advertises to you', 'instagram/searches': 'Searches',
  'instagram/advertisers-2025': 'Who advertises to you', 'instagram/categories': 'Other groups it puts you in', 'instagram/guesses': 'Interests its AI sees in you', 'instagram/hashtags': 'Hashtags you follow', 'instagram/liked-hashtags': 'Hashtags of posts you liked', 'instagram/saved-hashtags': 'Hashtags of posts you saved',
  'facebook/interests': 'Interests it sees in you', 'facebook/inferred-topics': 'Topics it sees in you', 'facebook/advertisers': 'Who advertises to you', 'facebook/pages': 'Pages you liked', 'facebook/searches': 'Searches',
  'facebook/advertisers-2020': 'Who advertises to you', 'facebook/advertisers-2025': 'Who advertises to you', 'facebook/categories': 'Other groups it puts you in', 'facebook/categories-2025': 'Other groups it puts you in', 'facebook/saved': 'Things you saved',
  'tiktok/activity': 'Interests it sees in you, searches, hashtags, shop',
  'google/activity': 'YouTube and My Activity', 'google/activity-html': 'YouTube and My Activity, as pages', 'google/subscriptions': 'YouTube channels you follow', 'google/playlist': 'YouTube playlists, before 2021',
  'google/play-installs': 'Google Play, apps installed', 'google/play-library': 'Google Play, library', 'google/play-purchases': 'Google Play, purchases', 'google/chrome-history': 'Sites visited with Chrome',
  'goodreads/library': 'Books, shelves and ratings',
  'letterboxd/watched': 'Films you watched', 'letterboxd/watchlist': 'Watchlist', 'letterboxd/likes': 'Films you liked', 'letterboxd/ratings': 'Ratings', 'letterboxd/diary': 'Diary, and the days of your reviews',
  'browser/bookmarks': 'Bookmarks', 'browser/firefox-bookmarks': 'Bookmarks, from a backup of Firefox', 'browser/firefox-history': 'Sites visited with Firefox', 'browser/chrome-history': 'Sites visited with Chrome, Edge or another of their kind',
  'apple/play-activity': 'Plays, one by one', 'apple/daily-tracks': 'Plays by day', 'apple/library-tracks': 'Music library', 'apple/likes': 'Likes and dislikes',
};
export const formatName = (format: string): string => FORMATS[format] ?? format;

/** What the person did with a thing; nothing for plain use, which goes without saying. */
const ACT_WORDS: Readonly<Record<Act, string>> = { used: '', liked: 'You liked it', disliked: 'You did not like it', wanted: 'On your list for later', saved: 'You keep it', given: 'A present for somebody else', returned: 'Sent back or paid back', followed: 'You follow it', claimed: 'What they say about you' };
export const actName = (act: Act): string => ACT_WORDS[act];

/** Words of the folder that is looked at. */
export const watchedCopy = {
  title: 'Look in a folder for new exports', off: 'Off',
  text: 'Exports often arrive in one place, such as the folder for downloads. If you name it, Penchant looks there while the vault is open and tells you when an export is in it. Nothing is read in before you say so, and the folder’s other files are left alone.',
  folder: 'Folder', folderHint: 'The whole path, for example /home/kim/Downloads.', save: 'Look here', stop: 'Stop looking', stopped: 'Penchant looks in no folder any more.',
  watching: (found: number) => (found === 0 ? 'Penchant looks there from now on.' : `Penchant looks there from now on. ${counted(found, 'export')} there already.`),
  missing: 'The folder is not there at the moment.',
  found: (count: number) => (count === 1 ? 'A new export arrived' : `${number(count)} new exports arrived`), look: 'Look into it', dismiss: 'Not this one',
} as const;

const ISSUES: Readonly<Record<string, string>> = {
  ROW_COLUMNS: 'Rows with too few or too many columns', ROW_CUT: 'A last row that is cut off', ROW_QUOTES: 'Rows with stray quotation marks', ROW_TOO_LARGE: 'Rows far too long to be real',
  ELEMENT_CUT: 'A last entry that is cut off', ELEMENT_INVALID: 'Entries that could not be read', ELEMENT_SHAPE: 'Entries of another kind', ELEMENT_TOO_LARGE: 'Entries far too long to be real',
  FILE_CUT: 'The file ends too early', FILE_TRAILING: 'There is more after the end of the list',
  DATE_INVALID: 'Dates that could not be read', DATE_ORDER_ASSUMED: 'Days and months could be either way round; the likelier was taken', ZONE_UNKNOWN: 'A time zone that is not known; times may be some hours off', DURATION_INVALID: 'Durations that could not be read', AMOUNT_INVALID: 'Amounts that could not be read', TITLE_MISSING: 'Rows without a title',
  SKIPPED_TRAILER: 'Trailers and clips, left out on purpose', SKIPPED_SHORT: 'Played too briefly to mean anything', SKIPPED_INCOGNITO: 'Private sessions, left out on purpose',
  SKIPPED_CANCELLED: 'Cancelled orders', SKIPPED_PROFILE: 'Profiles you did not choose', SKIPPED_NOT_AVAILABLE: 'Orders and videos the service had no details of',
  SKIPPED_AD: 'Advertisements, left out on purpose', SKIPPED_OTHER: 'Entries that say nothing about taste, and places', SKIPPED_PERSONAL: 'Searches for addresses and numbers, left out on purpose',
  SKIPPED_STRUCK: 'Struck out by you', SKIPPED_SENSITIVE: 'Touches a closed part of life, left out',
  SKIPPED_NO_ARTIST: 'Music without an artist, which says nothing about taste', SKIPPED_OTHER_KIND: 'Entries of other kinds, such as radio stations or opened lyrics', SKIPPED_UNFINISHED: 'Given up before the end, left out on purpose',
};
export const issueName = (code: string): string => ISSUES[code] ?? code.toLowerCase().replaceAll('_', ' ');

export const sourcesCopy = {
  title: 'Sources', lead: 'Files you asked a service for. You see what is in them before anything is kept, and you can take each one back.',
  drop: 'Drop a file, a folder or a zip here', dropHint: 'As the service sent it. It is read on this computer and goes nowhere else.',
  sample: 'Try it with sample data', sampleHint: 'Made-up records of a made-up person, marked as such. One click removes them.',
  handing: (name: string) => `Taking in ${name}`, looking: 'Looking what is in it', lookingHint: 'Nothing is stored yet.',
  previewTitle: 'What is in it', previewLead: 'Nothing is stored yet. Look it over, then import.',
  keeps: 'Kept', drops: 'Dropped before anything is stored', nothingDropped: 'Nothing to drop in this format.',
  include: 'Import this',
  caution: 'Where you were on the web says more about you than anything else on this computer: illnesses, worries, faith, money. Of each visit only the name of the site and when is kept, and your profile is good without it. Tick this only if you want it in your vault, and look through the rows first.',
  profiles: 'Whose rows are yours?', profilesHint: 'This account has several profiles. Tick yours; the others are left out.', profilesSample: 'Many real accounts have several profiles, so the sample has too. Tick the person you want to try out; the others are left out.', pickProfile: 'Tick at least one profile, or leave the file out:', andMore: (count: number) => `and ${number(count)} more`, goToFile: (name: string, file: string) => `${name}, ${file}`,
  chosenFiles: (chosen: number, all: number, size: number) => `${number(chosen)} of ${counted(all, 'file')}, ${bytes(size)}`,
  unrecognised: 'Not used', importAction: 'Import', discard: 'Put it away', stop: 'Stop', stopping: 'Stopping…', pause: 'Pause', goOn: 'Go on', paused: 'Paused. What is in already stays; lock the vault or close Penchant and it stops here.',
  stoppedAt: (rows: number) => `An earlier import of this file stopped after ${counted(rows, 'row')}. Chosen the same way, it goes on from there.`, stoppedHint: 'Choose the same file again, and it goes on where it stopped.',
  reading: (name: string) => `Reading ${name}`, understanding: 'Working out what it says about you',
  left: (ms: number | null) => (ms === null ? 'working out how long' : `${remaining(ms)} left`),
  doneSoFar: (records: number, doneBytes: number, totalBytes: number) => `${counted(records, 'record')} so far, ${bytes(doneBytes)} of ${bytes(totalBytes)}`,
  finished: { done: 'Imported', cancelled: 'Stopped. What was stored by then is kept.', failed: 'This did not work to the end' },
  reportAll: (files: number, added: number, duplicate: number, skipped: number, read: number) => `${counted(files, 'file')}, ${counted(read, 'row')} read: ${number(added)} added, ${number(duplicate)} already there, ${number(skipped)} skipped.`,
  report: (added: number, duplicate: number, skipped: number, read: number) => `${counted(read, 'row')} read: ${number(added)} added, ${number(duplicate)} already there, ${number(skipped)} skipped.`,
  toProfile: 'See my profile', another: 'Import another file',
  issues: 'What was skipped or unsure', issueAt: (kind: 'row' | 'entry', positions: readonly number[]) => `for example ${kind === 'row' ? (positions.length === 1 ? 'row' : 'rows') : (positions.length === 1 ? 'entry' : 'entries')} ${list(positions.map(number))}${kind === 'row' ? ' as a spreadsheet counts them, names on top included' : ''}`, issueIn: (places: readonly string[]) => `for example ${places.join('; ')}`, issueTimes: (count: number) => (count === 1 ? 'once' : `${number(count)} times`),
  guides: 'How to get your files', wait: 'How long it takes', fileName: 'The file to drop',
  list: 'What you brought in', none: 'Nothing yet', noneText: 'Drop a file above. If you have none yet, ask a service for it below; it is your right, and it is free.',
  columnsList: { source: 'Source', file: 'File', added: 'Added', duplicate: 'Already there', skipped: 'Skipped', when: 'Imported', span: 'Covers', state: 'State', actions: 'What you can do' },
  states: { running: 'Running', done: 'Done', cancelled: 'Stopped early', failed: 'Failed', undone: 'Taken back' },
  sampleBadge: 'Sample', remove: 'Take back',
  undoTitle: (names: readonly string[]) => (names.length === 1 ? `Take back ${names[0] ?? ''}?` : `Take back ${number(names.length)} imports?`),
  tick: (name: string) => `Tick ${name}`, tickAll: 'Tick all', untickAll: 'Untick all', ticked: (count: number) => `${counted(count, 'import')} ticked`, removeTicked: 'Take back the ticked ones', undoing: (done: number, of: number) => `${number(done)} of ${number(of)} taken back`,
  undoText: (imports: number) => `The records of ${imports === 1 ? 'this import' : 'these imports'} are deleted from the vault, and everything concluded only from them. Your own words stay. You can import the ${imports === 1 ? 'file' : 'files'} again.`,
  undoAction: (records: number) => `Delete ${counted(records, 'record')}`,
  undone: (records: number, preferences: number) => (preferences === 0 ? `${counted(records, 'record')} deleted.` : `${counted(records, 'record')} deleted, and ${counted(preferences, 'entry', 'entries')} of your profile with them.`),
  removeSamples: (records: number) => `Remove sample data (${counted(records, 'record')})`,
  sampleNote: 'Your profile holds sample data of a made-up person.',
  samplesRemoved: 'Sample data removed. What you said yourself stays.',
  report2: 'Report', close: 'Close', reportTitle: (name: string) => `Report: ${name}`,
  tooMany: (most: number) => `That is more than ${number(most)} files. Drop the zip itself, or fewer files at once.`,
} as const;

export const retentionCopy = {
  title: 'What stays of each source', lead: 'Keep the records, and every line can be looked at and corrected. Or keep only the conclusions: the lines are forgotten as soon as they are read, and your profile stays as it is.',
  source: 'Source', records: 'Records kept', keep: 'What stays', keepOf: (source: string) => `What stays of ${source}`, options: { records: 'The records', conclusions: 'Only the conclusions' },
  title2: (source: string) => `Keep only the conclusions of ${source}?`, action: (count: number) => (count === 0 ? 'Forget the records' : `Forget ${counted(count, 'record')}`),
  text: ['Every line of it is forgotten now, and what comes in later as soon as it is read. That cannot be undone; you can bring the files in again only after taking their imports back.', 'Your interests, brands and price ranges stay and fade as they would have; for that it stays known in which weeks there was something of a kind, but no day and no name. What you might buy next is no longer guessed from it, and “Everything kept”, examples and the timeline no longer show it. What lies in the closed part of it goes without a trace.'],
  forgotten: (count: number) => (count === 0 ? 'From now on only the conclusions are kept.' : `${counted(count, 'record')} forgotten. Your profile stays.`), kept: 'From now on the records are kept.', badge: 'forgotten',
} as const;
