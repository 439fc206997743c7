/**
 * Apple Music, as "Apple Media Services information" has it: plays, plays by day, the library, and likes.
 *
 * Newer exports tell each play without its artist, and the same plays by day with it. Music without an artist says nothing about anybody's taste, and
 * would be here twice: such plays are left out in favour of the days.
 */
import { UNDATED_MS, type Act } from '../../../../shared/domain/records.ts';
import { parseIso, parseNumericDate, plausible } from '../dates.ts';
import { hasColumns, type Columns, type CsvFormat, type Importer, type JsonFormat, type ReadOptions } from '../format.ts';
import { textIn, tidy, variantOf, type IssueCode, type ParsedRecord } from '../record.ts';

/** Less is a skip, as elsewhere. */
const SHORTEST_MS = 30_000;
/** Nothing plays longer than this in one go, nor on one day. */
const LONGEST_MS = 7 * 86_400_000;

/** Rows about other things than music that was played: stations, pings, speech, and clips somebody put up. */
const NO_MUSIC = /^(?:stream|non_song_clip|timed_metadata_ping|artist_uploaded_content)$/i;

/** "2018-08-25T06:11:11.347Z", or milliseconds since 1970. @returns UNDATED_MS when all of them are empty, null when none can be read */
function firstTime(times: readonly (string | null)[], nowMs: number): number | null {
  for (const time of times) {
    if (time === null) continue;
    const ms = /^\d{13}$/.test(time) ? Number(time) : parseIso(time);
    if (ms !== null && plausible(ms, nowMs) !== null) return ms;
  }
  return times.every((time) => time === null) ? UNDATED_MS : null;
}

/** "Artist - Title": what follows the first dash may hold more of them. */
function artistAndTitle(description: string): { readonly creator: string; readonly title: string } | null {
  const dash = description.indexOf(' - ');
  const creator = tidy(description.slice(0, Math.max(0, dash))), title = tidy(description.slice(dash + 3));
  return dash === -1 || creator === null || title === null ? null : { creator, title };
}

const opinionOf = (words: string | null): Act | null => (words === null ? null : /^(?:love|like|favou?rite)d?$/i.test(words) ? 'liked' : /^(?:dislike|ban)d?$/i.test(words) ? 'disliked' : null);

/** Cells by column name; null where there is none or nothing in it. */
const cellsOf = (columns: Columns, ...names: readonly string[]): ((cells: readonly string[]) => (string | null)[]) => {
  const at = names.map((name) => columns.get(name) ?? -1);
  return (cells) => at.map((column) => tidy(cells[column]));
};

const NOTHING = { collection: null, category: null, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 } as const;

/** Milliseconds as a cell writes them; negative ones occur, and are too short like any other. */
function played(text: string | null): number | null {
  const ms = text === null ? Number.NaN : Number(text);
  return Number.isFinite(ms) && ms <= LONGEST_MS ? Math.round(ms) : null;
}

function readPlays(columns: Columns, options: ReadOptions): (cells: readonly string[]) => ParsedRecord | IssueCode {
  const read = cellsOf(columns, 'event type', 'item type', 'song name', 'content name', 'artist name', 'container artist name', 'container type', 'album name', 'genre', 'event start timestamp', 'event end timestamp', 'play duration milliseconds', 'media duration in milliseconds');
  return (cells) => {
    const [event = null, item = null, song = null, content = null, artist = null, container = null, containerType = null, collection = null, category = null, start = null, end = null, duration = null, length = null] = read(cells);
    // Rows of before there were kinds of events are plays.
    if ((event !== null && !/^play(?:_end)?$/i.test(event)) || NO_MUSIC.test(item ?? '')) return 'SKIPPED_OTHER_KIND';
    const endedMs = firstTime([end], options.nowMs);
    const told = played(duration);
    if (told === null) return 'DURATION_INVALID';
    const startedMs = firstTime([start], options.nowMs) || (endedMs && endedMs - told);
    if (!startedMs) return 'DATE_INVALID';
    const title = song ?? content;
    if (title === null) return 'TITLE_MISSING';
    // Whose playlist it was played from is no artist.
    const creator = artist ?? (containerType?.toLowerCase() === 'album' ? container : null);
    if (creator === null) return 'SKIPPED_NO_ARTIST';
    // Some rows claim to have played a song for hours.
    const lengthMs = played(length);
    const durationMs = lengthMs !== null && lengthMs > 0 && told > 2 * lengthMs ? lengthMs : told;
    if (durationMs < SHORTEST_MS) return 'SKIPPED_SHORT';
    return { ...NOTHING, kind: 'music', act: 'used', title, creator, collection, category, atMs: startedMs, durationMs, variant: durationMs };
  };
}

const PLACES_AND_DEVICES = [
  'Apple ID Number', 'Client IP Address', 'IP City', 'IP Country Code', 'IP Latitude', 'IP Longitude', 'IP Network Type', 'Device Identifier', 'Device Type', 'Device OS Name', 'Device OS Version', 'Client Device Name', 'Build Version',
  'Metrics Client Id', 'Metrics Bucket Id', 'Store Country Name', 'UTC Offset In Seconds', 'Feature Name', 'Source Type', 'Container Name', 'End Reason Type', 'Offline', 'Shuffle Play',
];

const playActivity: CsvFormat = {
  id: 'apple/play-activity', source: 'apple', shape: 'csv', grainMs: 1,
  keeps: ['Song Name or Content Name', 'Artist Name', 'Album Name', 'Genre', 'Event Start Timestamp', 'Play Duration Milliseconds'], drops: PLACES_AND_DEVICES,
  recognises: (structure) => hasColumns(structure, 'event start timestamp', 'event end timestamp', 'play duration milliseconds') && (hasColumns(structure, 'song name') || hasColumns(structure, 'content name')),
  reader: readPlays,
};

const dailyTracks: CsvFormat = {
  id: 'apple/daily-tracks', source: 'apple', shape: 'csv', grainMs: 86_400_000,
  keeps: ['Track Description', 'Date Played', 'Play Duration Milliseconds'], drops: ['Country', 'Hours', 'Track Identifier', 'Track Reference', 'Source Type', 'Media type', 'End Reason Type', 'Play Count', 'Skip Count', 'Ignore For Recommendations'],
  recognises: (structure) => hasColumns(structure, 'track description', 'date played', 'play duration milliseconds'),
  reader(columns, options) {
    const read = cellsOf(columns, 'track description', 'date played', 'play duration milliseconds', 'hours', 'source type', 'end reason type');
    return (cells) => {
      const [description = null, day = null, duration = null, ...apart] = read(cells);
      const date = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(day ?? '');
      const dayMs = date && parseNumericDate(date.slice(1).join('-'), 'mdy');
      const atMs = dayMs === null ? null : plausible(dayMs, options.nowMs);
      if (atMs === null) return 'DATE_INVALID';
      const durationMs = played(duration);
      if (durationMs === null) return 'DURATION_INVALID';
      if (description === null) return 'TITLE_MISSING';
      const work = artistAndTitle(description);
      if (!work) return 'SKIPPED_NO_ARTIST';
      if (durationMs < SHORTEST_MS) return 'SKIPPED_SHORT';
      // One track has several rows for one day: other hours, another device, another way it ended.
      return { ...NOTHING, ...work, kind: 'music', act: 'used', atMs, durationMs, variant: variantOf(`day|${apart.join('|')}`) };
    };
  },
};

const libraryTracks: JsonFormat = {
  id: 'apple/library-tracks', source: 'apple', shape: 'json-array', grainMs: 1, saysOnce: true,
  keeps: ['Title', 'Artist', 'Album', 'Genre', 'Date Added To Library', 'Track Like Rating', 'Favorite Status - Track', 'Favorite Date - Track'],
  drops: ['Comments', 'Grouping', 'Track Identifier', 'Apple Music Track Identifier', 'Purchased Track Identifier', 'Is Purchased', 'Track Play Count', 'Skip Count', 'Last Played Date', 'Date of Last Skip', 'Composer', 'Copyright', 'Rating', 'Release Date'],
  recognises: (structure) => structure.shape === 'json-array' && ['Title', 'Artist', 'Track Identifier'].every((key) => structure.keys.has(key)),
  reader: (options) => (element) => {
    const title = textIn(element, 'Title'), creator = textIn(element, 'Artist') ?? textIn(element, 'Album Artist');
    // What else can be in a library are films, and recordings of one's own.
    if (!/^(?:song|music ?video)$/i.test(textIn(element, 'Content Type') ?? 'song')) return 'SKIPPED_OTHER_KIND';
    if (title === null) return 'TITLE_MISSING';
    if (creator === null) return 'SKIPPED_NO_ARTIST';
    const isFavourite = Object.hasOwn(element, 'Favorite Status - Track') && element['Favorite Status - Track'] === true;
    const act = opinionOf(textIn(element, 'Track Like Rating')) ?? (isFavourite ? 'liked' : 'saved');
    const added = [textIn(element, 'Date Added To Library'), textIn(element, 'Date Added To iCloud Music Library')];
    const atMs = firstTime(act === 'liked' ? [textIn(element, 'Favorite Date - Track'), ...added] : added, options.nowMs);
    if (atMs === null) return 'DATE_INVALID';
    return { ...NOTHING, kind: 'music', act, title, creator, collection: textIn(element, 'Album'), category: textIn(element, 'Genre'), atMs };
  },
};

const likes: CsvFormat = {
  id: 'apple/likes', source: 'apple', shape: 'csv', grainMs: 1, saysOnce: true,
  keeps: ['Item Description', 'Preference', 'Created or Last Modified', 'Favorite Type'], drops: ['Item Reference'],
  recognises: (structure) => hasColumns(structure, 'item description', 'preference') && (hasColumns(structure, 'created') || hasColumns(structure, 'last modified')),
  reader(columns, options) {
    const read = cellsOf(columns, 'item description', 'preference', 'favorite type', 'created', 'last modified');
    return (cells) => {
      const [description = null, preference = null, type = null, created = null, modified = null] = read(cells);
      const opinion = opinionOf(preference);
      // Playlists and stations are named after people as often as after music.
      if (opinion === null || !/^(?:songs?|tracks?|music[ _]?videos?|albums?|artists?)$/i.test(type ?? 'song')) return 'SKIPPED_OTHER_KIND';
      if (description === null) return 'TITLE_MISSING';
      const isArtist = /^artists?$/i.test(type ?? '');
      const work = isArtist ? { creator: description, title: description } : artistAndTitle(description);
      if (!work) return 'SKIPPED_NO_ARTIST';
      const atMs = firstTime([created, modified], options.nowMs);
      if (atMs === null) return 'DATE_INVALID';
      return { ...NOTHING, ...work, kind: 'music', act: isArtist && opinion === 'liked' ? 'followed' : opinion, atMs };
    };
  },
};

export const apple: Importer = { source: 'apple', formats: [playActivity, dailyTracks, libraryTracks, likes] };
