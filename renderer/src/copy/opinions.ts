/** Words of the page on which what companies say about a person stands beside what the vault says. */
import type { SourceId } from '../../../shared/domain/records.ts';
import { counted, number } from './format.ts';

export const opinionsCopy = {
  tabs: 'Profile', tabOwn: 'What your vault says', tabPatterns: 'Patterns', tabTheirs: 'What they think of you', tabKept: 'Everything kept',
  title: 'What they think of you',
  lead: 'Some services put into your export what they concluded about you, and who aims advertisements at you. It counts for nothing in your profile; it stands here beside what your vault says.',
  empty: 'Nothing yet', emptyText: 'Exports of Spotify, Instagram, Facebook, TikTok and Amazon hold such files. Bring one in, and what is in it shows up here.', emptyAction: 'Bring something in',
  search: 'Search what they say',
  hidden: (count: number) => `${counted(count, 'more thing')} they say ${count === 1 ? 'lies' : 'lie'} in the closed part of your profile. Open that part to see ${count === 1 ? 'it' : 'them'}.`,
  summary: (topics: number, shared: number, advertisers: number) => [
    topics === 0 ? '' : `${counted(topics, 'thing')} said about you${shared === 0 ? ', none of which your vault says too' : `, ${number(shared)} of which your vault says too`}.`,
    advertisers === 0 ? '' : `${counted(advertisers, 'advertiser')} aimed at you.`,
  ].filter(Boolean).join(' '),
  topics: (source: string) => `What ${source} says`, columns: { theirs: 'They say', yours: 'Your vault says', when: 'Since' },
  unknown: 'Penchant has no word for it', absent: (word: string) => `“${word}” is not in your profile`,
  advertisers: (count: number) => `Advertisers (${number(count)})`, advertisersText: 'They gave the service a list with you on it, or asked it for people like you.',
  sealed: 'In the closed part', noMatch: 'Nothing they say matches.',
  change: (source: string) => `How to change it at ${source}`,
} as const;

/** Where each service lets people see and switch off what it concluded. Only those whose exports say so. */
export const WHERE_TO_CHANGE: Readonly<Partial<Record<SourceId, readonly string[]>>> = {
  spotify: ['At spotify.com open your account, then “Account privacy”, and switch off “Process my personal data for tailored ads”.', 'In the app, “Exclude from your taste profile” takes a playlist out of what is concluded.'],
  instagram: ['Open Settings, then “Accounts Center”, then “Ad preferences”.', 'Under “Ad topics” you can ask to see less of a subject; under “Advertisers you saw” you can hide single ones; under “Ad settings” you can stop the use of what partners report about you.'],
  facebook: ['Open Settings, then “Accounts Center”, then “Ad preferences”.', 'Under “Ad topics” you can ask to see less of a subject; under “Audience-based advertising” you see who put you on a list and can switch that off for each.'],
  amazon: ['Open Account, then “Advertising preferences”, choose “Do not show me interest-based ads”, and press “Delete ad data”.'],
  tiktok: ['In the app open Settings, then “Ads”, and switch off what partners report. Under “How your ads are personalised” you see what is concluded.'],
};
