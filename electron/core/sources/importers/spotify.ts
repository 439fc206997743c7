/** Spotify: account data (the last year, to the minute), the extended streaming history (everything, to the second), library, playlists, searches, and what Spotify infers. */
import { msg } from '../../../../shared/language/message.ts';
import type { ItemKind } from '../../records/records.ts';
import { UNDATED_MS } from '../../../../shared/domain/records.ts';
import { createBackground } from '../background.ts';
import { parseIso, parseNumericDate, plausible } from '../dates.ts';
import type { Importer, JsonFormat, JsonTreeFormat, ReadOptions } from '../format.ts';
import { textIn, tidy, type IssueCode, type ParsedRecord } from '../record.ts';
import { isPersonalSearch } from '../search-words.ts';

/** What Spotify itself counts as a play; anything shorter was skipped over. */
const SHORTEST_MS = 30_000;
/** Nothing plays longer than this in one go; a larger number is damage. */
const LONGEST_MS = 7 * 86_400_000;

type Element = Readonly<Record<string, unknown>>;

interface Work { readonly kind: ItemKind; readonly title: string; readonly creator: string | null; readonly collection: string | null }

function play(work: Work | null, time: unknown, played: unknown, options: ReadOptions): ParsedRecord | IssueCode {
  const endedMs = typeof time === 'string' ? parseIso(time) : null;
  const atMs = endedMs === null ? null : plausible(endedMs, options.nowMs);
  if (atMs === null) return 'DATE_INVALID';
  if (typeof played !== 'number' || !Number.isFinite(played) || played < 0 || played > LONGEST_MS) return 'DURATION_INVALID';
  if (!work) return 'TITLE_MISSING';
  if (played < SHORTEST_MS) return 'SKIPPED_SHORT';
  const durationMs = Math.round(played);
  return { ...work, act: 'used', category: null, atMs, durationMs, quantity: null, amountMinor: null, currency: null, variant: durationMs };
}

/** Began because what was before had ended; every other reason is somebody's hand. */
const BY_ITSELF: ReadonlySet<unknown> = new Set(['trackdone', 'autoplay', 'trackerror']);

/** Remembers what was chosen last; private sessions and what was skipped over tell it too. */
function createExtendedReader(options: ReadOptions): (element: Element) => ParsedRecord | IssueCode {
  const isBackground = createBackground();
  return (element) => {
    const { ts, ms_played: played, reason_start: reason } = element;
    const endMs = typeof ts === 'string' ? parseIso(ts) : null;
    const background = endMs !== null && typeof played === 'number' && isBackground({ startMs: endMs - played, endMs, byItself: typeof reason === 'string' && reason !== '' && reason !== 'unknown' ? BY_ITSELF.has(reason) : null });
    if (element['incognito_mode'] === true) return 'SKIPPED_INCOGNITO';
    const read = play(extendedWork(element), ts, played, options);
    return typeof read === 'string' || !background ? read : { ...read, background };
  };
}

/** First name that is there decides what it was: a track, an episode, a chapter of an audiobook. */
function extendedWork(element: Element): Work | null {
  const track = textIn(element, 'master_metadata_track_name');
  if (track !== null) return { kind: 'music', title: track, creator: textIn(element, 'master_metadata_album_artist_name'), collection: textIn(element, 'master_metadata_album_album_name') };
  const episode = textIn(element, 'episode_name');
  if (episode !== null) return { kind: 'podcast', title: episode, creator: textIn(element, 'episode_show_name'), collection: null };
  const book = textIn(element, 'audiobook_title');
  return book === null ? null : { kind: 'audiobook', title: book, creator: null, collection: null };
}

const extended: JsonFormat = {
  id: 'spotify/extended', source: 'spotify', shape: 'json-array', grainMs: 1,
  keeps: [msg('track, episode or audiobook'), msg('artist or show'), 'album', 'ts', 'ms_played', msg('only whether it went on by itself for hours (reason_start)')],
  drops: ['ip_addr', 'ip_addr_decrypted', 'username', 'user_agent_decrypted', 'platform', 'conn_country', 'city', 'region', 'spotify_track_uri', 'spotify_episode_uri', 'audiobook_uri', 'audiobook_chapter_uri', 'audiobook_chapter_title', 'reason_end', 'shuffle', 'skipped', 'offline', 'offline_timestamp', 'incognito_mode'],
  recognises: (structure) => structure.shape === 'json-array' && structure.keys.has('ts') && structure.keys.has('ms_played') && (structure.keys.has('master_metadata_track_name') || structure.keys.has('episode_name')),
  reader: createExtendedReader,
};

const accountMusic: JsonFormat = {
  id: 'spotify/account', source: 'spotify', shape: 'json-array', grainMs: 60_000,
  keeps: ['trackName', 'artistName', 'endTime', 'msPlayed'], drops: [],
  recognises: (structure) => structure.shape === 'json-array' && ['endTime', 'msPlayed', 'trackName', 'artistName'].every((key) => structure.keys.has(key)),
  reader: (options) => (element) => {
    const title = textIn(element, 'trackName');
    return play(title === null ? null : { kind: 'music', title, creator: textIn(element, 'artistName'), collection: null }, element['endTime'], element['msPlayed'], options);
  },
};

const accountPodcasts: JsonFormat = {
  id: 'spotify/account-podcasts', source: 'spotify', shape: 'json-array', grainMs: 60_000,
  keeps: ['episodeName', 'podcastName', 'endTime', 'msPlayed'], drops: [],
  recognises: (structure) => structure.shape === 'json-array' && ['endTime', 'msPlayed', 'episodeName', 'podcastName'].every((key) => structure.keys.has(key)),
  reader: (options) => (element) => {
    const title = textIn(element, 'episodeName');
    return play(title === null ? null : { kind: 'podcast', title, creator: textIn(element, 'podcastName'), collection: null }, element['endTime'], element['msPlayed'], options);
  },
};

/** "2024-03-01T10:00:00.000Z[UTC]". */
const searches: JsonFormat = {
  id: 'spotify/searches', source: 'spotify', shape: 'json-array', grainMs: 1, keeps: ['searchQuery', 'searchTime'], drops: ['platform', 'searchInteractionURIs'],
  recognises: (structure) => structure.shape === 'json-array' && structure.keys.has('searchQuery') && structure.keys.has('searchTime'),
  reader: ({ nowMs }) => (element) => {
    const query = element['searchQuery'], time = element['searchTime'];
    const title = typeof query === 'string' || typeof query === 'number' ? tidy(String(query)) : null;
    if (title === null) return 'TITLE_MISSING';
    if (isPersonalSearch(title)) return 'SKIPPED_PERSONAL';
    const ms = typeof time === 'string' ? parseIso(time.replace(/\[[^\]]*\]$/u, '')) : null;
    const atMs = ms === null ? null : plausible(ms, nowMs);
    return atMs === null ? 'DATE_INVALID' : { kind: 'search', act: 'used', title, creator: null, collection: null, category: null, atMs, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 };
  },
};

type Kept = Pick<ParsedRecord, 'kind' | 'act' | 'title' | 'creator' | 'collection'>;
const kept = (what: Kept | null, atMs: number): ParsedRecord | IssueCode => (what === null ? 'TITLE_MISSING' : { ...what, category: null, atMs, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 });
const named = (kind: ItemKind, act: ParsedRecord['act'], title: string | null, creator: string | null, collection: string | null = null): Kept | null => (title === null ? null : { kind, act, title, creator, collection });

/** An artist is everything by them. */
const LIBRARY: Readonly<Record<string, (element: Element) => Kept | null>> = {
  tracks: (element) => named('music', 'saved', textIn(element, 'track'), textIn(element, 'artist'), textIn(element, 'album')),
  albums: (element) => named('music', 'saved', textIn(element, 'album'), textIn(element, 'artist')),
  shows: (element) => named('podcast', 'followed', textIn(element, 'name'), textIn(element, 'name')),
  episodes: (element) => named('podcast', 'saved', textIn(element, 'name'), textIn(element, 'show')),
  artists: (element) => named('music', 'followed', textIn(element, 'name'), textIn(element, 'name')),
  bannedTracks: (element) => named('music', 'disliked', textIn(element, 'track'), textIn(element, 'artist'), textIn(element, 'album')),
  bannedArtists: (element) => named('music', 'disliked', textIn(element, 'name'), textIn(element, 'name')),
};
const isElement = (value: unknown): value is Element => typeof value === 'object' && value !== null && !Array.isArray(value);

const library: JsonTreeFormat = {
  id: 'spotify/library', source: 'spotify', shape: 'json-tree', grainMs: 1, keeps: ['tracks', 'albums', 'shows', 'episodes', 'artists', 'bannedTracks', 'bannedArtists'], drops: ['uri', 'publisher', 'other'],
  paths: Object.keys(LIBRARY).map((list) => `$.${list}.*`),
  recognises: (structure) => structure.shape === 'json-tree' && ['tracks', 'albums', 'artists'].every((key) => structure.keys.has(key)),
  reader: () => (element, [list]) => (isElement(element) ? kept(LIBRARY[String(list)]?.(element) ?? null, UNDATED_MS) : 'ELEMENT_SHAPE'),
};

const playlists: JsonTreeFormat = {
  id: 'spotify/playlists', source: 'spotify', shape: 'json-tree', grainMs: 86_400_000, keeps: ['trackName', 'artistName', 'albumName', 'episodeName', 'showName', 'addedDate'], drops: ['name', 'description', 'collaborators', 'trackUri', 'localTrack', 'numberOfFollowers'],
  paths: ['$.playlists.*.items.*'],
  recognises: (structure) => structure.shape === 'json-tree' && structure.keys.has('playlists'),
  reader: ({ nowMs }) => (element) => {
    if (!isElement(element)) return 'ELEMENT_SHAPE';
    const track = element['track'], episode = element['episode'], added = element['addedDate'];
    const day = typeof added === 'string' ? parseNumericDate(added, 'mdy') : UNDATED_MS;
    const atMs = day === null ? null : day === UNDATED_MS ? UNDATED_MS : plausible(day, nowMs);
    if (atMs === null) return 'DATE_INVALID';
    if (isElement(track)) return kept(named('music', 'saved', textIn(track, 'trackName'), textIn(track, 'artistName'), textIn(track, 'albumName')), atMs);
    return kept(isElement(episode) ? named('podcast', 'saved', textIn(episode, 'episodeName'), textIn(episode, 'showName')) : null, atMs);
  },
};

/** "1P_Custom_Home_Cooks_US" as people read it; whose word it is stands beside it. */
const PARTIES: Readonly<Record<string, string>> = { '1P': 'Spotify itself', '2P': 'a partner', '3P': 'a data broker' };
const inferences: JsonTreeFormat = {
  id: 'spotify/inferences', source: 'spotify', shape: 'json-tree', grainMs: 1, keeps: ['inferences'], drops: [], paths: ['$.inferences.*'],
  recognises: (structure) => structure.shape === 'json-tree' && structure.keys.has('inferences'),
  reader: () => (element) => {
    const said = typeof element === 'string' ? /^(?:([123]P)_)?(?:Custom_)?(.*)$/su.exec(element) : null;
    const title = tidy(said?.[2]?.replaceAll('_', ' '));
    return title === null ? 'TITLE_MISSING' : { kind: 'topic', act: 'claimed', title, creator: null, collection: null, category: PARTIES[said?.[1] ?? ''] ?? null, atMs: UNDATED_MS, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 };
  },
};

export const spotify: Importer = { source: 'spotify', formats: [extended, accountMusic, accountPodcasts, searches, library, playlists, inferences] };
