/** What columns of exports hold, in plain words, where their own names say it to engineers only. */
import { msg, t } from '../../../shared/language/message.ts';

/** Words, and the columns they are of. */
const COLUMNS: readonly (readonly [words: string, columns: readonly string[]])[] = [
  [msg('when it was'), ['ts', 'endTime', 'time', 'time_usec', 'timestamp', 'searchTime', 'Event Utc Ts', 'Utc Timestamp']],
  [msg('when you added it'), ['addedDate', 'dateAdded', 'ADD_DATE', 'Utc Title Add Date']],
  [msg('how long it went on'), ['ms_played', 'msPlayed', 'visit_duration', 'Play Duration Milliseconds', 'Event Duration Milliseconds']],
  [msg('address of your connection'), ['ip_addr', 'ip_addr_decrypted', 'Customer IP', 'ISP', 'ISP Name']],
  [msg('your name there'), ['username', 'Username']],
  [msg('your browser or app'), ['user_agent_decrypted', 'User Agent Info Family']],
  [msg('your device'), ['platform']],
  [msg('country you were in'), ['conn_country', 'Country Iso Code']],
  [msg('town you were in'), ['city']],
  [msg('region you were in'), ['region']],
  [msg('number inside the service'), ['spotify_track_uri', 'spotify_episode_uri', 'audiobook_uri', 'audiobook_chapter_uri', 'trackUri', 'uri', 'Letterboxd URI', 'fbid', 'id', 'guid', 'etag', 'client_id', 'ptoken', 'ASIN', 'ASIN/ISBN', 'snippet.resourceId', 'snippet.channelId']],
  [msg('how it began and ended'), ['reason_end', 'page_transition', 'page_transition_qualifier']],
  [msg('whether it was played at random'), ['shuffle']],
  [msg('whether you skipped it'), ['skipped']],
  [msg('whether you were offline'), ['offline', 'offline_timestamp']],
  [msg('whether you were in private mode'), ['incognito_mode']],
  [msg('chapter'), ['audiobook_chapter_title']],
  [msg('title'), ['trackName', 'tracks', 'episodeName', 'episodes', 'product_name', 'ProductName', 'snippet.title', 'titleUrl', 'Title Name']],
  [msg('artist or show'), ['artistName', 'artists', 'podcastName', 'showName', 'shows', 'snippet.channelTitle', 'authors']],
  [msg('album'), ['albumName', 'albums']],
  [msg('what you blocked'), ['bannedTracks', 'bannedArtists']],
  [msg('what you searched for'), ['searchQuery', 'SearchTerm', 'data.text', 'keyword']],
  [msg('what you opened of it'), ['searchInteractionURIs']],
  [msg('who advertises to you'), ['advertiser_name', 'AdvertiserList', 'custom_audiences_v2']],
  [msg('whether they brought a list you are on'), ['has_data_file_custom_audience']],
  [msg('whether you used their page or app'), ['has_remarketing_custom_audience']],
  [msg('whether you were in their shop'), ['has_in_person_store_visit']],
  [msg('what they think interests you'), ['topics_v2', 'inferred_topics_v2', 'inferences', 'bcts', 'AdInterestCategories']],
  [msg('address of the page'), ['url', 'href', 'HREF', 'URL', 'Typed Url']],
  [msg('how often you were there'), ['visit_count', 'typed_count', 'frecency']],
  [msg('the page before'), ['from_visit']],
  [msg('pictures and files'), ['media', 'imageFile', 'audioFiles', 'attachedFiles', 'attachments', 'iconUri', 'ICON', 'ICON_URI', 'favicon_url', 'preview_image_url', 'snippet.thumbnails']],
  [msg('who else may change it'), ['collaborators']],
  [msg('how many follow it'), ['numberOfFollowers']],
  [msg('files of your own'), ['localTrack']],
];
const WORDS = new Map(COLUMNS.flatMap(([words, columns]) => columns.map((column) => [column, words] as const)));

/** For a list of columns: each in words where there are any, several with the same words together, with the names the file has for them. */
export function columnWords(columns: readonly string[]): string[] {
  // A name that is plain by itself may be the same as the words for others.
  const groups = Map.groupBy(columns, (column) => { const words = WORDS.get(column); return words === undefined ? `name ${column}` : `words ${words}`; });
  return [...groups.values()].flatMap((own) => { const words = WORDS.get(own[0] ?? ''); return words === undefined ? own.map((column) => t(column)) : [t('{words} ({names})', { words: t(words), names: own.join(', ') })]; });
}
