/** Facebook: what it thinks the person is interested in, who aims advertisements at them, pages they liked, and what they searched for. Friends and messages are never read. */
import type { Importer } from '../format.ts';
import { field, metaFormat, textOf } from './meta.ts';

const source = 'facebook';
const interests = metaFormat({ id: 'facebook/interests', source, list: 'topics_v2', keeps: ['topics_v2'], drops: [], is: { kind: 'topic', act: 'claimed' }, title: textOf });
const inferred = metaFormat({ id: 'facebook/inferred-topics', source, list: 'inferred_topics_v2', keeps: ['inferred_topics_v2'], drops: [], is: { kind: 'topic', act: 'claimed' }, title: textOf });
const advertisers = metaFormat({
  id: 'facebook/advertisers', source, list: 'custom_audiences_all_types_v2', keeps: ['advertiser_name'], drops: ['has_data_file_custom_audience', 'has_remarketing_custom_audience', 'has_in_person_store_visit'],
  is: { kind: 'advertiser', act: 'claimed' }, title: (element) => textOf(field(element, 'advertiser_name')),
});
const pages = metaFormat({ id: 'facebook/pages', source, list: 'page_likes_v2', keeps: ['name', 'timestamp'], drops: ['url'], is: { kind: 'topic', act: 'followed' }, title: (element) => textOf(field(element, 'name')) });
const searches = metaFormat({
  id: 'facebook/searches', source, list: 'searches_v2', keeps: ['data.text', 'timestamp'], drops: ['attachments', 'title'], is: { kind: 'search', act: 'used' },
  title: (element) => {
    const data = field(element, 'data');
    const text = Array.isArray(data) ? textOf(field(data[0], 'text')) : null;
    // As it was typed, in quotation marks of the account's language.
    return text === null ? null : text.replace(/^["“„«»]+|["”“«»]+$/gu, '').trim() || null;
  },
});

export const facebook: Importer = { source, formats: [interests, inferred, advertisers, pages, searches] };
