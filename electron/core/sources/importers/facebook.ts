/** Facebook: what it thinks the person is interested in, who aims advertisements at them, pages they liked, what they saved and searched for. Friends and messages are never read. */
import { msg } from '../../../../shared/language/message.ts';
import type { Importer, JsonTreeFormat } from '../format.ts';
import { field, hasAny, labelledFormat, listOf, mappedTime, metaFormat, plainRecord, textOf } from './meta.ts';

const source = 'facebook';
const CLAIMED_TOPIC = { kind: 'topic', act: 'claimed' } as const, CLAIMED_ADVERTISER = { kind: 'advertiser', act: 'claimed' } as const;
const interests = metaFormat({ id: 'facebook/interests', source, list: 'topics_v2', keeps: ['topics_v2'], drops: [], is: CLAIMED_TOPIC, title: textOf });
const inferred = metaFormat({ id: 'facebook/inferred-topics', source, list: 'inferred_topics_v2', keeps: ['inferred_topics_v2'], drops: [], is: CLAIMED_TOPIC, title: textOf });
const advertisers = metaFormat({
  id: 'facebook/advertisers', source, list: 'custom_audiences_all_types_v2', keeps: ['advertiser_name'], drops: ['has_data_file_custom_audience', 'has_remarketing_custom_audience', 'has_in_person_store_visit'],
  is: CLAIMED_ADVERTISER, title: (element) => textOf(field(element, 'advertiser_name')),
});
const advertisers2020 = metaFormat({ id: 'facebook/advertisers-2020', source, list: 'custom_audiences_v2', keeps: ['custom_audiences_v2'], drops: [], is: CLAIMED_ADVERTISER, title: textOf });
const categories = metaFormat({ id: 'facebook/categories', source, list: 'bcts', keeps: ['bcts'], drops: [], is: CLAIMED_TOPIC, title: textOf });

/** Instagram has files of the same names and form, in a folder of its name; one taken out of its folder is taken for Facebook's. */
const isHere = (name: string) => (path: string): boolean => path.includes(name) && !path.includes('instagram_ads');
const advertisers2025 = labelledFormat({ id: 'facebook/advertisers-2025', source, keeps: ['vec.value'], drops: ['label', 'fbid'], is: CLAIMED_ADVERTISER, isNamed: isHere('advertisers_using_your_activity') });
const categories2025 = labelledFormat({ id: 'facebook/categories-2025', source, keeps: ['vec.value'], drops: ['label', 'fbid'], is: CLAIMED_TOPIC, isNamed: isHere('other_categories_used_to_reach_you') });

const pages = metaFormat({ id: 'facebook/pages', source, list: 'page_likes_v2', keeps: ['name', 'timestamp'], drops: ['url'], is: { kind: 'topic', act: 'followed' }, title: (element) => textOf(field(element, 'name')) });
const searches = metaFormat({
  id: 'facebook/searches', source, list: 'searches_v2', keeps: ['data.text', 'timestamp'], drops: ['attachments', 'title'], is: { kind: 'search', act: 'used' },
  title: (element) => {
    const text = textOf(field(listOf(field(element, 'data'))[0], 'text'));
    // As it was typed, in quotation marks of the account's language.
    return text === null ? null : text.replace(/^["“„«»]+|["”“«»]+$/gu, '').trim() || null;
  },
});

const DOMAIN = /^(?:www\.)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})$/iu;

const saved: JsonTreeFormat = {
  id: 'facebook/saved', source, shape: 'json-tree', grainMs: 1_000, keeps: ['external_context.name', 'timestamp'], drops: ['title', 'url', 'source', 'media', 'place'], paths: ['$.saves_v2.*'],
  recognises: (structure) => structure.shape === 'json-tree' && structure.keys.has('saves_v2'),
  reader: ({ nowMs }) => (element) => {
    const names = listOf(field(element, 'attachments')).flatMap((attachment) => listOf(field(attachment, 'data'))).map((data) => textOf(field(field(data, 'external_context'), 'name')));
    const name = names.find((one) => one !== null) ?? null;
    // Its own title is a sentence with the names of persons: "… saved a post of …".
    if (name === null) return 'SKIPPED_OTHER';
    const atMs = mappedTime(element, nowMs);
    const domain = DOMAIN.exec(name)?.[1];
    return atMs === null ? 'DATE_INVALID' : plainRecord(domain === undefined ? { kind: 'topic', act: 'saved' } : { kind: 'site', act: 'saved' }, domain?.toLowerCase() ?? name, atMs);
  },
};

export const facebook: Importer = {
  source,
  formats: [interests, inferred, advertisers, advertisers2020, advertisers2025, categories, categories2025, pages, saved, searches],
  leaves: [
    {
      recognises: (structure) => hasAny(structure, 'friends_v2', 'following_v3', 'followers_v3', 'pages_followed_v2', 'pages_unfollowed_v2', 'visited_things_v2', 'people_interactions_v2'),
      why: msg('persons and pages stand in it alike, and the accounts of others are never imported.'),
    },
    { recognises: (structure) => hasAny(structure, 'recently_viewed'), why: msg('being shown something says nothing of your taste; who aims at you stands in another file.') },
    { recognises: (structure) => hasAny(structure, 'comments_v2', 'reactions_v2', 'group_posts_v2', 'group_comments_v2', 'messages'), why: msg('what you wrote to others is not imported.') },
  ],
};
