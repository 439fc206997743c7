/** Words of Sources: how to get an export, what an import does, how it ended, how to take it back. */
import { bytes, list, number, remaining } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';
import type { Act, SourceId } from '../../../shared/domain/records.ts';


export interface SourceGuide { readonly name: string; readonly what: string; readonly wait: string; readonly file: string; readonly steps: readonly string[]; readonly quick?: string }

export const SOURCE_GUIDES: Readonly<Record<Exclude<SourceId, 'own'>, SourceGuide>> = {
  netflix: {
    name: t('Netflix'), what: t('What you watched, and when; what you rated, searched for and put on your list.'), wait: t('Usually a day, at most 30 days. The quick way takes a minute.'),
    file: t('netflix-report.zip as it is, single files of it, or NetflixViewingHistory.csv'),
    steps: [
      t('Sign in at netflix.com in a browser.'),
      t('Open Account, then Security, then “Personal info access”. The address is netflix.com/account/getmyinfo.'),
      t('Choose “Submit request” and confirm it by the email Netflix sends you.'),
      t('When the second email comes, download the zip file and drop it here as it is.'),
    ],
    quick: t('Quick way: Account, your profile, “Viewing activity”, then “Download all” at the foot of the page. This has titles and dates only.'),
  },
  spotify: {
    name: t('Spotify'), what: t('What you listened to, and for how long.'), wait: t('Account data: about 5 days. Extended history, all years: up to 30 days.'),
    file: t('my_spotify_data.zip'),
    steps: [
      t('Sign in at spotify.com in a browser and open your account page.'),
      t('Open “Account privacy” and go down to “Download your data”. The address is spotify.com/account/privacy.'),
      t('Tick “Extended streaming history” for all years, or “Account data” for the last year. Press “Request data” and confirm by email.'),
      t('When the email comes, download the zip file and drop it here as it is.'),
    ],
  },
  amazon: {
    name: t('Amazon'), what: t('What you ordered, and what it cost; what you searched for, put in the cart, watched on Prime Video and heard on Audible; who advertises to you.'), wait: t('Usually 1 to 5 days, at most 30 days.'),
    file: t('Your Orders.zip, All Data Categories.zip, or single files of them'),
    steps: [
      t('Sign in at your Amazon site in a browser.'),
      t('Open Account, then “Request your data”. The address ends in /hz/privacy-central/data-requests/preview.html.'),
      t('Choose “Your Orders” for orders, or “Request All Your Data” for searches, Prime Video, Audible and advertising, too. Submit the request and confirm it by the email Amazon sends you.'),
      t('When the email comes, download the zip files and drop them here as they are. Refunds, wish lists and what Alexa heard are not read.'),
    ],
  },
  google: {
    name: t('Google and YouTube'), what: t('What you watched on YouTube, searched for and installed, and the sites you visited, by name only.'), wait: t('Usually minutes to some hours.'),
    file: t('takeout-….zip; when there are several, drop all of them together'),
    steps: [
      t('Sign in at takeout.google.com in a browser.'),
      t('Press “Deselect all”, then tick “YouTube and YouTube Music”, “My Activity”, “Google Play Store” and, for sites, “Chrome”.'),
      t('Press “Next step”, then “Create export”. Every format works; JSON is read fastest.'),
      t('When the email comes, download the zip file and drop it here as it is.'),
    ],
  },
  goodreads: {
    name: t('Goodreads'), what: t('Books you read, rated, or want to read.'), wait: t('About a minute.'),
    file: t('goodreads_library_export.csv'),
    steps: [t('Sign in at goodreads.com in a browser.'), t('Open “My Books”, then “Import and export” on the left. The address is goodreads.com/review/import.'), t('Press “Export Library”, wait for the link, download the file and drop it here.')],
  },
  letterboxd: {
    name: t('Letterboxd'), what: t('Films you watched, rated, or want to watch.'), wait: t('At once.'),
    file: t('letterboxd-….zip'),
    steps: [t('Sign in at letterboxd.com in a browser.'), t('Open Settings, then “Data”, and press “Export your data”.'), t('Drop the zip file here as it is.')],
  },
  apple: {
    name: t('Apple Music'), what: t('What you listened to, liked, and keep in your library.'), wait: t('Usually 3 to 7 days.'),
    file: t('Apple_Media_Services.zip'),
    steps: [t('Sign in at privacy.apple.com in a browser.'), t('Choose “Request a copy of your data”, tick “Apple Media Services information” and confirm.'), t('When the email comes, download the zip file and drop it here as it is; the zip files in it are opened, too.')],
  },
  instagram: {
    name: t('Instagram'), what: t('What Instagram thinks you are interested in, who advertises to you, what you searched for, and hashtags you follow or liked. No accounts of others.'), wait: t('Usually some hours, at most 30 days.'),
    file: t('instagram-….zip'),
    steps: [t('In the app or at instagram.com open Settings, then “Accounts Center”, “Your information and permissions”, “Export your information”.'), t('Choose your account, “Export to device”, and JSON as the format: HTML is not read.'), t('When the email comes, download the zip file and drop it here as it is.')],
  },
  facebook: {
    name: t('Facebook'), what: t('What Facebook thinks you are interested in, who advertises to you, pages you liked, and what you saved or searched for. No friends, no messages.'), wait: t('Usually some hours, at most 30 days.'),
    file: t('facebook-….zip'),
    steps: [t('At facebook.com open Settings, then “Accounts Center”, “Your information and permissions”, “Export your information”.'), t('Choose your account, “Export to device”, and JSON as the format: HTML is not read.'), t('When the email comes, download the zip file and drop it here as it is.')],
  },
  tiktok: {
    name: t('TikTok'), what: t('What TikTok thinks you are interested in, what you searched for, hashtags you kept, and what you bought in its shop. The videos have no titles in the file.'), wait: t('Usually a day or two.'),
    file: t('TikTok_Data_….zip, or user_data_tiktok.json'),
    steps: [t('In the app open your profile, the menu, “Settings and privacy”, “Account”, “Download your data”.'), t('Choose JSON as the format and request it.'), t('Come back to the same place when it is ready, download the file and drop it here.')],
  },
  browser: {
    name: t('Your browser'), what: t('The sites you bookmarked and, if you want, those you visited, by name only: no pages, no titles, no folders.'), wait: t('At once.'),
    file: t('bookmarks.html; bookmarks-….json of Firefox; places.sqlite or History'),
    steps: [
      t('Bookmarks of Chrome, Edge or Brave: open the menu, “Bookmarks” or “Favorites”, the bookmark manager, and in its menu “Export bookmarks”. Of Safari: in the menu bar choose “File”, “Export”, “Bookmarks”.'),
      t('Bookmarks of Firefox: open the menu, “Bookmarks”, “Manage bookmarks”, then “Import and Backup” and “Export Bookmarks to HTML” or “Backup”. The backups Firefox makes by itself end in “jsonlz4” and are not read.'),
      t('Sites you visited are the most sensitive thing on this computer. Penchant keeps the name of each site and the day, never a page, a title or a search, and leaves out what touches a closed part of life unless you say otherwise. You tick it yourself before anything is stored.'),
      t('For them you copy one file, with the browser closed: one that runs keeps the file locked or half written. Firefox: open about:profiles, then “Root Directory” and “Open Folder”; close Firefox and copy places.sqlite. The folder is in %APPDATA%\\Mozilla\\Firefox\\Profiles on Windows, ~/Library/Application Support/Firefox/Profiles on macOS, ~/.mozilla/firefox on Linux (or ~/snap/firefox/common/.mozilla/firefox).'),
      t('Chrome, Edge, Brave: open chrome://version, read “Profile Path”, open that folder, close the browser, and copy the file “History”, which has no ending. For Chrome the folder is %LOCALAPPDATA%\\Google\\Chrome\\User Data\\Default on Windows, ~/Library/Application Support/Google/Chrome/Default on macOS, ~/.config/google-chrome/Default on Linux.'),
      t('Drop the file here.'),
    ],
  },
};

export const SOURCES = Object.keys(SOURCE_GUIDES) as (keyof typeof SOURCE_GUIDES)[];
/** `own`: what the person calls it, where it is known which of theirs it is. */
export const sourceName = (source: SourceId, own: string | null = null): string => (source === 'own' ? own ?? t('Your own files') : SOURCE_GUIDES[source].name);

const FORMATS: Readonly<Record<string, string>> = {
  'netflix/viewing-activity': t('Viewing activity'), 'netflix/viewing-history': t('Viewing history, titles and dates only'), 'netflix/ratings': t('Ratings'), 'netflix/searches': t('Searches'), 'netflix/my-list': t('Your list'), 'netflix/indicated': t('What you told Netflix you like'),
  'spotify/account': t('Streaming history, the last year'), 'spotify/account-podcasts': t('Podcast history, the last year'), 'spotify/extended': t('Extended streaming history'),
  'amazon/retail-order-history': t('Order history, before 2026'), 'amazon/orders-2026': t('Order history, from 2026'), 'amazon/order-history-report': t('Order history report, before 2023'),
  'amazon/digital-orders': t('Digital orders'), 'amazon/cart': t('What you put in the cart'), 'amazon/searches': t('Searches'), 'amazon/prime-video': t('Prime Video, what you watched'), 'amazon/prime-video-hours': t('Prime Video, what you watched until 2022'), 'amazon/audible-listening': t('Audible, what you heard'), 'amazon/audible-library': t('Audible, your library'),
  'spotify/searches': t('Searches'), 'spotify/library': t('Your library'), 'spotify/playlists': t('Playlists'), 'spotify/inferences': t('What Spotify says about you'),
  'amazon/advertisers': t('Who advertises to you'), 'amazon/audiences': t('What Amazon says about you'), 'amazon/third-party-audiences': t('What others told Amazon about you'),
  'instagram/topics': t('Your topics'), 'instagram/interests': t('Interests it sees in you'), 'instagram/advertisers': t('Who advertises to you'), 'instagram/ads-seen': t('Whose ads you were shown'), 'instagram/searches': t('Searches'),
  'instagram/advertisers-2025': t('Who advertises to you'), 'instagram/categories': t('Other groups it puts you in'), 'instagram/guesses': t('Interests its AI sees in you'), 'instagram/hashtags': t('Hashtags you follow'), 'instagram/liked-hashtags': t('Hashtags of posts you liked'), 'instagram/saved-hashtags': t('Hashtags of posts you saved'),
  'facebook/interests': t('Interests it sees in you'), 'facebook/inferred-topics': t('Topics it sees in you'), 'facebook/advertisers': t('Who advertises to you'), 'facebook/pages': t('Pages you liked'), 'facebook/searches': t('Searches'),
  'facebook/advertisers-2020': t('Who advertises to you'), 'facebook/advertisers-2025': t('Who advertises to you'), 'facebook/categories': t('Other groups it puts you in'), 'facebook/categories-2025': t('Other groups it puts you in'), 'facebook/saved': t('Things you saved'),
  'tiktok/activity': t('Interests it sees in you, searches, hashtags, shop'),
  'google/activity': t('YouTube and My Activity'), 'google/activity-html': t('YouTube and My Activity, as pages'), 'google/subscriptions': t('YouTube channels you follow'), 'google/playlist': t('YouTube playlists, before 2021'),
  'google/play-installs': t('Google Play, apps installed'), 'google/play-library': t('Google Play, library'), 'google/play-purchases': t('Google Play, purchases'), 'google/play-subscriptions': t('Google Play, subscriptions'), 'google/chrome-history': t('Sites visited with Chrome'),
  'goodreads/library': t('Books, shelves and ratings'),
  'letterboxd/watched': t('Films you watched'), 'letterboxd/watchlist': t('Watchlist'), 'letterboxd/likes': t('Films you liked'), 'letterboxd/ratings': t('Ratings'), 'letterboxd/diary': t('Diary, and the days of your reviews'),
  'browser/bookmarks': t('Bookmarks'), 'browser/firefox-bookmarks': t('Bookmarks, from a backup of Firefox'), 'browser/firefox-history': t('Sites visited with Firefox'), 'browser/chrome-history': t('Sites visited with Chrome, Edge or another of their kind'),
  'apple/play-activity': t('Plays, one by one'), 'apple/daily-tracks': t('Plays by day'), 'apple/library-tracks': t('Music library'), 'apple/likes': t('Likes and dislikes'),
};
export const formatName = (format: string): string => FORMATS[format] ?? format;

/** What the person did with a thing; nothing for plain use, which goes without saying. */
const ACT_WORDS: Readonly<Record<Act, string>> = { used: '', liked: t('You liked it'), disliked: t('You did not like it'), wanted: t('On your list for later'), saved: t('You keep it'), given: t('A present for somebody else'), returned: t('Sent back or paid back'), followed: t('You follow it'), claimed: t('What they say about you') };
export const actName = (act: Act): string => ACT_WORDS[act];

/** Words of the folder that is looked at. */
export const watchedCopy = {
  title: t('Look in a folder for new exports'), off: t('Off'),
  text: t('Exports often arrive in one place, such as the folder for downloads. If you name it, Penchant looks there while the vault is open and tells you when an export is in it. Nothing is read in before you say so, and the folder’s other files are left alone.'),
  folder: t('Folder'), folderHint: t('The whole path, for example /home/kim/Downloads.'), save: t('Look here'), stop: t('Stop looking'), stopped: t('Penchant looks in no folder any more.'),
  watching: (found: number) => (t('{found, plural, =0 {Penchant looks there from now on.} one {Penchant looks there from now on. # export there already.} other {Penchant looks there from now on. # exports there already.}}', { found })),
  missing: t('The folder is not there at the moment.'),
  found: (count: number) => (t('{count, plural, one {A new export arrived} other {# new exports arrived}}', { count })), look: t('Look into it'), dismiss: t('Not this one'),
} as const;

const ISSUES: Readonly<Record<string, string>> = {
  ROW_COLUMNS: t('Rows with too few or too many columns'), ROW_CUT: t('A last row that is cut off'), ROW_QUOTES: t('Rows with stray quotation marks'), ROW_TOO_LARGE: t('Rows far too long to be real'),
  ELEMENT_CUT: t('A last entry that is cut off'), ELEMENT_INVALID: t('Entries that could not be read'), ELEMENT_SHAPE: t('Entries of another kind'), ELEMENT_TOO_LARGE: t('Entries far too long to be real'),
  FILE_CUT: t('The file ends too early'), FILE_TRAILING: t('There is more after the end of the list'),
  DATE_INVALID: t('Dates that could not be read'), DATE_ORDER_ASSUMED: t('Days and months could be either way round; the likelier was taken'), ZONE_UNKNOWN: t('A time zone that is not known; times may be some hours off'), DURATION_INVALID: t('Durations that could not be read'), AMOUNT_INVALID: t('Amounts that could not be read'), TITLE_MISSING: t('Rows without a title'),
  SKIPPED_TRAILER: t('Trailers and clips, left out on purpose'), SKIPPED_SHORT: t('Played too briefly to mean anything'), SKIPPED_INCOGNITO: t('Private sessions, left out on purpose'),
  SKIPPED_CANCELLED: t('Cancelled orders'), SKIPPED_PROFILE: t('Profiles you did not choose'), SKIPPED_NOT_AVAILABLE: t('Orders and videos the service had no details of'),
  SKIPPED_AD: t('Advertisements, left out on purpose'), SKIPPED_OTHER: t('Entries that say nothing about taste, and places'), SKIPPED_PERSONAL: t('Searches for addresses and numbers, left out on purpose'),
  SKIPPED_STRUCK: t('Struck out by you'), SKIPPED_SENSITIVE: t('Touches a closed part of life, left out'),
  SKIPPED_NO_ARTIST: t('Music without an artist, which says nothing about taste'), SKIPPED_OTHER_KIND: t('Entries of other kinds, such as radio stations or opened lyrics'), SKIPPED_UNFINISHED: t('Given up before the end, left out on purpose'),
};
export const issueName = (code: string): string => ISSUES[code] ?? code.toLowerCase().replaceAll('_', ' ');

export const sourcesCopy = {
  title: t('Sources'), records: (count: number) => t('{count, plural, one {# record} other {# records}}', { count }), imports: (count: number) => t('{count, plural, one {# import} other {# imports}}', { count }), lead: t('Files you asked a service for. You see what is in them before anything is kept, and you can take each one back.'),
  drop: t('Drop a file, a folder or a zip here'), dropHint: t('As the service sent it. It is read on this computer and goes nowhere else.'),
  sample: t('Try it with sample data'), sampleHint: t('Made-up records of a made-up person, marked as such. One click removes them.'),
  handing: (name: string) => t('Taking in {name}', { name }), looking: t('Looking what is in it'), lookingHint: t('Nothing is stored yet.'),
  previewTitle: t('What is in it'), previewLead: t('Nothing is stored yet. Look it over, then import.'),
  keeps: t('Kept'), drops: t('Dropped before anything is stored'), nothingDropped: t('Nothing to drop in this format.'),
  include: t('Import this'),
  caution: t('Where you were on the web says more about you than anything else on this computer: illnesses, worries, faith, money. Of each visit only the name of the site and when is kept, and your profile is good without it. Tick this only if you want it in your vault, and look through the rows first.'),
  profiles: t('Whose rows are yours?'), profilesHint: t('This account has several profiles. Tick yours; the others are left out.'), profilesSample: t('Many real accounts have several profiles, so the sample has too. Tick the person you want to try out; the others are left out.'), pickProfile: t('Tick at least one profile, or leave the file out:'), andMore: (count: number) => t('and {count, number} more', { count }), goToFile: (name: string, file: string) => `${name}, ${file}`,
  chosenFiles: (chosen: number, all: number, size: number) => t('{chosen, number} of {all, plural, one {# file} other {# files}}, {size}', { chosen, all, size: bytes(size) }),
  unrecognised: t('Not used'), importAction: t('Import'), discard: t('Put it away'), stop: t('Stop'), stopping: t('Stopping…'), pause: t('Pause'), goOn: t('Go on'), paused: t('Paused. What is in already stays; lock the vault or close Penchant and it stops here.'),
  stoppedAt: (rows: number) => t('An earlier import of this file stopped after {rows, plural, one {# row} other {# rows}}. Chosen the same way, it goes on from there.', { rows }), stoppedHint: t('Choose the same file again, and it goes on where it stopped.'),
  reading: (name: string) => t('Reading {name}', { name }), understanding: t('Working out what it says about you'),
  left: (ms: number | null) => (ms === null ? t('working out how long') : t('{ms} left', { ms: remaining(ms) })),
  doneSoFar: (records: number, doneBytes: number, totalBytes: number) => t('{records, plural, one {# record} other {# records}} so far, {doneBytes} of {totalBytes}', { records, doneBytes: bytes(doneBytes), totalBytes: bytes(totalBytes) }),
  finished: { done: t('Imported'), cancelled: t('Stopped. What was stored by then is kept.'), failed: t('This did not work to the end') },
  reportAll: (files: number, added: number, duplicate: number, skipped: number, read: number) => t('{files, plural, one {# file} other {# files}}, {read, plural, one {# row} other {# rows}} read: {added, number} added, {duplicate, number} already there, {skipped, number} skipped.', { files, read, added, duplicate, skipped }),
  report: (added: number, duplicate: number, skipped: number, read: number) => t('{read, plural, one {# row} other {# rows}} read: {added, number} added, {duplicate, number} already there, {skipped, number} skipped.', { read, added, duplicate, skipped }),
  toProfile: t('See my profile'), another: t('Import another file'),
  issues: t('What was skipped or unsure'), issueAt: (kind: 'row' | 'entry', positions: readonly number[]) => (kind === 'row' ? t('for example {count, plural, one {row} other {rows}} {positions} as a spreadsheet counts them, names on top included', { count: positions.length, positions: list(positions.map(number)) }) : t('for example {count, plural, one {entry} other {entries}} {positions}', { count: positions.length, positions: list(positions.map(number)) })), issueIn: (places: readonly string[]) => t('for example {places}', { places: places.join('; ') }), issueTimes: (count: number) => (t('{count, plural, one {once} other {# times}}', { count })),
  guides: t('How to get your files'), wait: t('How long it takes'), fileName: t('The file to drop'),
  list: t('What you brought in'), none: t('Nothing yet'), noneText: t('Drop a file above. If you have none yet, ask a service for it below; it is your right, and it is free.'),
  columnsList: { source: t('Source'), file: t('File'), added: t('Added'), duplicate: t('Already there'), skipped: t('Skipped'), when: t('Imported'), span: t('Covers'), state: t('State'), actions: t('What you can do') },
  states: { running: t('Running'), done: t('import|Done'), cancelled: t('Stopped early'), failed: t('Failed'), undone: t('Taken back') },
  sampleBadge: t('Sample'), remove: t('Take back'),
  undoTitle: (names: readonly string[]) => (t('{count, plural, one {Take back {name}?} other {Take back # imports?}}', { name: names[0] ?? '', count: names.length })),
  listFile: 'penchant-imports', removeTicked: t('Take back the ticked ones'), undoing: (done: number, of: number) => t('{done, number} of {of, number} taken back', { done, of }),
  undoText: (imports: number) => t('The records of {imports, plural, one {this import} other {these imports}} are deleted from the vault, and everything concluded only from them. Your own words stay. You can import the {imports, plural, one {file} other {files}} again.', { imports }),
  undoAction: (records: number) => t('Delete {records, plural, one {# record} other {# records}}', { records }),
  undone: (records: number, preferences: number) => (t('{preferences, plural, =0 {{records, plural, one {# record} other {# records}} deleted.} other {{records, plural, one {# record} other {# records}} deleted, and {preferences, plural, one {# entry} other {# entries}} of your profile with them.}}', { records, preferences })),
  removeSamples: (records: number) => t('Remove sample data ({records, plural, one {# record} other {# records}})', { records }),
  sampleNote: t('Your profile holds sample data of a made-up person.'),
  report2: t('Report'), close: t('Close'), reportTitle: (name: string) => t('Report: {name}', { name }),
  tooMany: (most: number) => t('That is more than {most, number} files. Drop the zip itself, or fewer files at once.', { most }),
} as const;

export const retentionCopy = {
  title: t('What stays of each source'), lead: t('Keep the records, and every line can be looked at and corrected. Or keep only the conclusions: the lines are forgotten as soon as they are read, and your profile stays as it is.'),
  source: t('Source'), records: t('Records kept'), keep: t('What stays'), keepOf: (source: string) => t('What stays of {source}', { source }), options: { records: t('The records'), conclusions: t('Only the conclusions') },
  title2: (source: string) => t('Keep only the conclusions of {source}?', { source }), action: (count: number) => (t('{count, plural, =0 {Forget the records} one {Forget # record} other {Forget # records}}', { count })),
  text: [t('Every line of it is forgotten now, and what comes in later as soon as it is read. That cannot be undone; you can bring the files in again only after taking their imports back.'), t('Your interests, brands and price ranges stay and fade as they would have; for that it stays known in which weeks there was something of a kind, but no day and no name. What you might buy next is no longer guessed from it, and “Everything kept”, examples and the timeline no longer show it. What lies in the closed part of it goes without a trace.')],
  forgotten: (count: number) => (t('{count, plural, =0 {From now on only the conclusions are kept.} one {# record forgotten. Your profile stays.} other {# records forgotten. Your profile stays.}}', { count })), kept: t('From now on the records are kept.'), badge: t('forgotten'),
} as const;
