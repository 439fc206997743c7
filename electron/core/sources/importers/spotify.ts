/** Spotify: account data (the last year, to the minute) and the extended streaming history (everything, to the second). */
import type { ItemKind } from '../../records/records.ts';
import { parseIso, plausible } from '../dates.ts';
import type { Importer, JsonFormat, ReadOptions } from '../format.ts';
import { tidy, type IssueCode, type ParsedRecord } from '../record.ts';

/** What Spotify itself counts as a play; anything shorter was skipped over. */
const SHORTEST_MS = 30_000;
/** Nothing plays longer than this in one go; a larger number is damage. */
const LONGEST_MS = 7 * 86_400_000;

type Element = Readonly<Record<string, unknown>>;
const text = (element: Element, key: string): string | null => {
  const value = Object.hasOwn(element, key) ? element[key] : null;
  return typeof value === 'string' ? tidy(value) : null;
};

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

/** First name that is there decides what it was: a track, an episode, a chapter of an audiobook. */
function extendedWork(element: Element): Work | null {
  const track = text(element, 'master_metadata_track_name');
  if (track !== null) return { kind: 'music', title: track, creator: text(element, 'master_metadata_album_artist_name'), collection: text(element, 'master_metadata_album_album_name') };
  const episode = text(element, 'episode_name');
  if (episode !== null) return { kind: 'podcast', title: episode, creator: text(element, 'episode_show_name'), collection: null };
  const book = text(element, 'audiobook_title');
  return book === null ? null : { kind: 'audiobook', title: book, creator: null, collection: null };
}

const extended: JsonFormat = {
  id: 'spotify/extended', source: 'spotify', shape: 'json-array', grainMs: 1,
  keeps: ['track, episode or audiobook', 'artist or show', 'album', 'ts', 'ms_played'],
  drops: ['ip_addr', 'ip_addr_decrypted', 'username', 'user_agent_decrypted', 'platform', 'conn_country', 'city', 'region', 'spotify_track_uri', 'spotify_episode_uri', 'audiobook_uri', 'audiobook_chapter_uri', 'audiobook_chapter_title', 'reason_start', 'reason_end', 'shuffle', 'skipped', 'offline', 'offline_timestamp', 'incognito_mode'],
  recognises: (structure) => structure.shape === 'json-array' && structure.keys.has('ts') && structure.keys.has('ms_played') && (structure.keys.has('master_metadata_track_name') || structure.keys.has('episode_name')),
  reader: (options) => (element) => (element['incognito_mode'] === true ? 'SKIPPED_INCOGNITO' : play(extendedWork(element), element['ts'], element['ms_played'], options)),
};

const accountMusic: JsonFormat = {
  id: 'spotify/account', source: 'spotify', shape: 'json-array', grainMs: 60_000,
  keeps: ['trackName', 'artistName', 'endTime', 'msPlayed'], drops: [],
  recognises: (structure) => structure.shape === 'json-array' && ['endTime', 'msPlayed', 'trackName', 'artistName'].every((key) => structure.keys.has(key)),
  reader: (options) => (element) => {
    const title = text(element, 'trackName');
    return play(title === null ? null : { kind: 'music', title, creator: text(element, 'artistName'), collection: null }, element['endTime'], element['msPlayed'], options);
  },
};

const accountPodcasts: JsonFormat = {
  id: 'spotify/account-podcasts', source: 'spotify', shape: 'json-array', grainMs: 60_000,
  keeps: ['episodeName', 'podcastName', 'endTime', 'msPlayed'], drops: [],
  recognises: (structure) => structure.shape === 'json-array' && ['endTime', 'msPlayed', 'episodeName', 'podcastName'].every((key) => structure.keys.has(key)),
  reader: (options) => (element) => {
    const title = text(element, 'episodeName');
    return play(title === null ? null : { kind: 'podcast', title, creator: text(element, 'podcastName'), collection: null }, element['endTime'], element['msPlayed'], options);
  },
};

export const spotify: Importer = { source: 'spotify', formats: [extended, accountMusic, accountPodcasts] };
