/** Words of the page on which what companies say about a person stands beside what the vault says. */
import { t } from '../../../shared/language/message.ts';
import type { SourceId } from '../../../shared/domain/records.ts';

export const opinionsCopy = {
  title: t('What they think of you'), fileName: (source: string) => `penchant-what-${source}-thinks`,
  lead: t('Some services put into your export what they concluded about you, and who aims advertisements at you. It counts for nothing in your profile; it stands here beside what your vault says.'),
  empty: t('Nothing yet'), emptyText: t('Exports of Spotify, Instagram, Facebook, TikTok and Amazon hold such files. Bring one in, and what is in it shows up here.'), emptyAction: t('Bring something in'),
  search: t('Search what they say'),
  hidden: (count: number) => t('{count, plural, one {# more thing} other {# more things}} they say {count, plural, one {lies} other {lie}} in the closed part of your profile. Open that part to see {count, plural, one {it} other {them}}.', { count }),
  summary: (topics: number, shared: number, advertisers: number) => [
    ...(topics === 0 ? [] : [t('{topics, plural, one {# thing said about you} other {# things said about you}}, {shared, plural, =0 {none of which your vault says too} other {# of which your vault says too}}.', { topics, shared })]),
    ...(advertisers === 0 ? [] : [t('{advertisers, plural, one {# advertiser aimed at you.} other {# advertisers aimed at you.}}', { advertisers })]),
  ].join(' '),
  topics: (source: string) => t('What {source} says', { source }), columns: { theirs: t('They say'), yours: t('Your vault says'), when: t('Since') },
  unknown: t('Penchant has no word for it'), absent: (word: string) => t('“{word}” is not in your profile', { word }),
  advertisers: (count: number) => t('Advertisers ({count, number})', { count }), advertisersText: t('They gave the service a list with you on it, or asked it for people like you.'),
  sealed: t('In the closed part'), noMatch: t('Nothing they say matches.'),
  change: (source: string) => t('How to change it at {source}', { source }),
} as const;

/** Where each service lets people see and switch off what it concluded. Only those whose exports say so. */
export const WHERE_TO_CHANGE: Readonly<Partial<Record<SourceId, readonly string[]>>> = {
  spotify: [t('At spotify.com open your account, then “Account privacy”, and switch off “Process my personal data for tailored ads”.'), t('In the app, “Exclude from your taste profile” takes a playlist out of what is concluded.')],
  instagram: [t('Open Settings, then “Accounts Center”, then “Ad preferences”.'), t('Under “Ad topics” you can ask to see less of a subject; under “Advertisers you saw” you can hide single ones; under “Ad settings” you can stop the use of what partners report about you.')],
  facebook: [t('Open Settings, then “Accounts Center”, then “Ad preferences”.'), t('Under “Ad topics” you can ask to see less of a subject; under “Audience-based advertising” you see who put you on a list and can switch that off for each.')],
  amazon: [t('Open Account, then “Advertising preferences”, choose “Do not show me interest-based ads”, and press “Delete ad data”.')],
  tiktok: [t('In the app open Settings, then “Ads”, and switch off what partners report. Under “How your ads are personalised” you see what is concluded.')],
};
