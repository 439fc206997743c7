/** Instagram: what it thinks the person is interested in, who aims advertisements at them, what they searched for, and hashtags they follow, liked or saved. Nobody else's account is kept. */
import { msg } from '../../../../shared/language/message.ts';
import type { Importer, JsonFormat } from '../format.ts';
import { tidy, type IssueCode, type ParsedRecord } from '../record.ts';
import { field, hasAny, isLabelledList, labelledFormat, listOf, mappedText, mappedTime, metaFormat, plainRecord, repaired, textOf } from './meta.ts';

const source = 'instagram';
const CLAIMED_TOPIC = { kind: 'topic', act: 'claimed' } as const, CLAIMED_ADVERTISER = { kind: 'advertiser', act: 'claimed' } as const;
const topics = metaFormat({ id: 'instagram/topics', source, list: 'topics_your_topics', keeps: ['Name'], drops: [], is: CLAIMED_TOPIC, title: mappedText });
const interests = metaFormat({ id: 'instagram/interests', source, list: 'inferred_data_ig_interest', keeps: ['Interest'], drops: [], is: CLAIMED_TOPIC, title: mappedText });
const advertisers = metaFormat({
  id: 'instagram/advertisers', source, list: 'ig_custom_audiences_all_types', keeps: ['advertiser_name'], drops: ['has_data_file_custom_audience', 'has_remarketing_custom_audience', 'has_in_person_store_visit'],
  is: CLAIMED_ADVERTISER, title: (element) => textOf(field(element, 'advertiser_name')),
});
/** Whose advertisements were shown, and when: how often somebody aims at the person says more than that they may. */
const adsSeen = metaFormat({ id: 'instagram/ads-seen', source, list: 'impressions_history_ads_seen', keeps: ['Author', 'Time'], drops: ['href'], is: CLAIMED_ADVERTISER, title: mappedText });
const searches = metaFormat({ id: 'instagram/searches', source, list: 'searches_keyword', keeps: ['Search', 'Time'], drops: ['media_map_data'], is: { kind: 'search', act: 'used' }, title: mappedText });

/** Facebook has files of the same names and form; only the folder tells. */
const isHere = (name: string) => (path: string): boolean => path.includes(name) && path.includes('instagram_ads');
const advertisers2025 = labelledFormat({ id: 'instagram/advertisers-2025', source, keeps: ['vec.value'], drops: ['label', 'fbid'], is: CLAIMED_ADVERTISER, isNamed: isHere('advertisers_using_your_activity') });
const categories = labelledFormat({ id: 'instagram/categories', source, keeps: ['vec.value'], drops: ['label', 'fbid'], is: CLAIMED_TOPIC, isNamed: isHere('other_categories_used_to_reach_you') });

const withoutSign = (text: string | null): string | null => tidy(text?.replace(/^[#＃]/u, ''));
const hashtags = metaFormat({
  id: 'instagram/hashtags', source, list: 'relationships_following_hashtags', keeps: ['value', 'timestamp'], drops: ['href'],
  is: { kind: 'topic', act: 'followed' }, title: (element) => withoutSign(mappedText(element) ?? textOf(field(element, 'title'))),
});

const guesses: JsonFormat = {
  id: 'instagram/guesses', source, shape: 'json-array', grainMs: 1_000, keeps: ['Interest', 'timestamp'], drops: ['media', 'fbid'],
  recognises: (structure, path) => isLabelledList(structure) && path.includes('interest_categories'),
  reader: ({ nowMs }) => (element) => {
    // A whole sentence; in other languages than this one it is left as it is.
    const title = tidy(mappedText(element)?.replace(/^the user (?:is |may be |might be )?interested in\s+/iu, ''));
    if (title === null) return 'TITLE_MISSING';
    const atMs = mappedTime(element, nowMs);
    return atMs === null ? 'DATE_INVALID' : plainRecord(CLAIMED_TOPIC, title, atMs);
  },
};

/** "Hashtags" as account languages write it; not what tags in general are called, which are persons too. */
const HASHTAGS = /ha(?:sh|sz|s)-?tag|ハッシュタグ|해시태그|话题标签|主題標籤|х[еэ]ш-?тег|هاشتا[غج]|האשטאג|แฮชแท็ก|χάσταγκ/iu;

/**
 * Hashtags of a post. They stand there as the account that posted it does, under a name in the language of the account: what is not called
 * hashtags must also stand in the words of the post, so that no account is taken for one.
 */
function hashtagsOf(element: unknown): string[] {
  const entries = listOf(field(element, 'label_values'));
  const words = entries.map((entry) => textOf(field(entry, 'value')) ?? '').join(' ').toLowerCase();
  const found = entries.flatMap((entry) => {
    const title = field(entry, 'title');
    const isCalledSo = typeof title === 'string' && HASHTAGS.test(repaired(title));
    return listOf(field(entry, 'dict')).flatMap((one) => {
      const fields = listOf(field(one, 'dict'));
      const name = fields.length === 1 ? withoutSign(textOf(field(fields[0], 'value'))) : null;
      return name !== null && (isCalledSo || words.includes(`#${name.toLowerCase()}`)) ? [name] : [];
    });
  });
  return [...new Set(found)];
}

const postHashtags = (id: string, act: 'liked' | 'saved', file: string): JsonFormat => ({
  id, source, shape: 'json-array', grainMs: 1_000, keeps: ['Hashtags', 'timestamp'], drops: ['URL', 'Caption', 'Owner', 'Name', 'Username', 'Brand partner', 'media', 'fbid'],
  recognises: (structure, path) => isLabelledList(structure) && path.includes(file),
  reader: ({ nowMs }) => (element): IssueCode | ParsedRecord[] => {
    const atMs = mappedTime(element, nowMs);
    if (atMs === null) return 'DATE_INVALID';
    const records = hashtagsOf(element).map((title) => plainRecord({ kind: 'topic', act }, title, atMs));
    // What is left of the post is a link and whose it is.
    return records.length === 0 ? 'SKIPPED_OTHER' : records;
  },
});

export const instagram: Importer = {
  source,
  formats: [topics, interests, advertisers, advertisers2025, adsSeen, categories, guesses, searches, hashtags, postHashtags('instagram/liked-hashtags', 'liked', 'liked_posts'), postHashtags('instagram/saved-hashtags', 'saved', 'saved_posts')],
  leaves: [
    { recognises: (structure) => hasAny(structure, 'likes_media_likes', 'likes_comment_likes', 'saved_saved_media', 'saved_saved_collections', 'story_activities_story_likes'), why: msg('it holds links and names of accounts, not what the posts are about.') },
    {
      recognises: (structure) => hasAny(structure, 'relationships_following', 'relationships_followers', 'relationships_close_friends', 'relationships_blocked_users', 'searches_user')
        || (structure.shape === 'json-array' && structure.keys.has('string_list_data')),
      why: msg('the accounts of others are never imported.'),
    },
    {
      recognises: (structure) => hasAny(structure, 'impressions_history_posts_seen', 'impressions_history_videos_watched', 'impressions_history_chaining_seen'),
      why: msg('being shown something says nothing of your taste, and whose it was is somebody else’s account.'),
    },
    { recognises: (structure) => hasAny(structure, 'inferred_data_primary_location', 'inferred_data_inferred_locations'), why: msg('the places you were at are never imported.') },
  ],
};
