/** Instagram: what it thinks the person is interested in, who aims advertisements at them, and what they searched for. Nobody else's account is kept. */
import type { Importer } from '../format.ts';
import { field, mappedText, metaFormat, textOf } from './meta.ts';

const source = 'instagram';
const topics = metaFormat({ id: 'instagram/topics', source, list: 'topics_your_topics', keeps: ['Name'], drops: [], is: { kind: 'topic', act: 'claimed' }, title: mappedText });
const interests = metaFormat({ id: 'instagram/interests', source, list: 'inferred_data_ig_interest', keeps: ['Interest'], drops: [], is: { kind: 'topic', act: 'claimed' }, title: mappedText });
const advertisers = metaFormat({
  id: 'instagram/advertisers', source, list: 'ig_custom_audiences_all_types', keeps: ['advertiser_name'], drops: ['has_data_file_custom_audience', 'has_remarketing_custom_audience', 'has_in_person_store_visit'],
  is: { kind: 'advertiser', act: 'claimed' }, title: (element) => textOf(field(element, 'advertiser_name')),
});
const searches = metaFormat({ id: 'instagram/searches', source, list: 'searches_keyword', keeps: ['Search', 'Time'], drops: ['media_map_data'], is: { kind: 'search', act: 'used' }, title: mappedText });

export const instagram: Importer = { source, formats: [topics, interests, advertisers, searches] };
