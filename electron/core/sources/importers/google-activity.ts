/** What one entry of Google's "My Activity" tells, be it written as JSON or as a page. By its link, which is the same in every language, rather than by its words. */
import type { Act, ItemKind } from '../../records/records.ts';
import { plausible } from '../dates.ts';
import type { ReadOptions } from '../format.ts';
import { tidy, type IssueCode, type ParsedRecord } from '../record.ts';
import { isPersonalSearch } from '../search-words.ts';
import { siteOf } from '../site.ts';

/** One entry as both forms of the export have it. */
export interface Entry {
  /** Product or app it happened in. Google's own names are the same in every language. */
  readonly header: string | null;
  /** "Watched X": all the words, in the language of the account. */
  readonly sentence: string;
  /** Only the thing itself, which pages set apart from the words around it; null in JSON. */
  readonly name: string | null;
  readonly url: string | null;
  /** Name of the channel. */
  readonly channel: string | null;
  /** What is said under it besides products and places: "From Google Ads". */
  readonly details: readonly string[];
  /** Unix ms, or null when it could not be read. */
  readonly atMs: number | null;
}

interface Thing { readonly kind: ItemKind; readonly act: Act; readonly title: string; readonly creator: string | null }

/** A record without what only purchases have. */
export const recordOf = (thing: Thing, atMs: number): ParsedRecord =>
  ({ ...thing, collection: null, category: null, atMs, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 });

type Words = readonly [before: string, after: string];
/** "Watched", as it stands around the title in the languages of the product; longer ones before their beginnings. Portuguese and Chinese accounts get the English one. */
const WATCHED: readonly Words[] = [
  ['Watched ', ''], ['', ' angesehen'], ['Vous avez regardé ', ''], ['A regardé ', ''], ['Has visto ', ''], ['Viste ', ''], ['Hai guardato ', ''], ['Je hebt naar ', ' gekeken'], ['Je hebt ', ' bekeken'], ['', ' bekeken'],
  ['Você assistiu a ', ''], ['Assistiu a ', ''], ['Tittade på ', ''], ['Så på ', ''], ['Så ', ''], ['Obejrzano: ', ''], ['', ' adlı videoyu izlediniz'], ['Ați vizionat ', ''], ['', ' katsottiin'], ['Zhlédli jste video ', ''],
  ['Megtekintette a következőt: ', ''], ['Просмотрено видео ', ''], ['Ви дивилися відео ', ''], ['Гледахте ', ''], ['Παρακολουθήσατε το βίντεο ', ''], ['', ' を視聴しました'], ['', ' 을(를) 시청했습니다.'],
  ['Вы посмотрели видео ', ''], ['Вы посмотрели ', ''], ['Du så på ', ''], ['Du så ', ''], ['Du har set ', ''], ['Παρακολουθήσατε ', ''], ['צפית בסרטון ', ''], ['已观看 ', ''], ['观看了 ', ''], ['已觀看 ', ''], ['觀看了 ', ''], ['Đã xem ', ''], ['Menonton ', ''], ['आपने ', ' देखा'],
];
/** A clip can also be rated, shared or put on a list; where those words are not known, it counts as watched. */
const LIKED = /^(?:liked|vous avez aimé|a aimé|te ha gustado|te gustó|hai messo mi piace|ti è piaciuto|você gostou de)(?:\s|$)/iu;
const DISLIKED = /^(?:disliked|vous n['’]avez pas aimé|n['’]a pas aimé|no te ha gustado|no te gustó|non ti è piaciuto)(?:\s|$)/iu;
const NOT_WATCHED = /^(?:viewed|shared|saved|commented|added|dismissed|voted|reported|vous avez (?:consulté|partagé|enregistré|commenté|ajouté))(?:\s|$)/iu;

/** "From Google Ads": the name of the product stays what it is in most languages. */
const AD = /google[\s-]{0,3}(?:ads?|anzeigen|werb|annonce|anuncio|anúncio|advertentie|annunci|reklam)|(?:annonces|anuncios|anúncios|annunci|advertenties|reklam\p{L}*|publicit\p{L}*)\s(?:\p{L}+\s)?google|google\s?(?:広告|광고|广告|廣告)/iu;
/** The channel YouTube makes for an artist. */
const TOPIC = / [-–] (?:Topic|Thema|Tema)$/u;

const YOUTUBE = /^(?:(?:www|m|music|gaming|kids)\.)?youtube(?:-nocookie)?\.com$/, SEARCH_HOST = /^(?:(?:www|news|books|scholar|shopping|images|video)\.)?google\.(?:com?\.)?[a-z]{2,3}$/;

/** The artist or channel as it is stored, and whether it is an artist. */
export function creatorOf(channel: string | null): { readonly creator: string | null; readonly isArtist: boolean } {
  const creator = channel?.replace(TOPIC, '') ?? null;
  return { creator, isArtist: creator !== channel };
}

function searched(words: string | null): Thing | IssueCode {
  const title = tidy(words);
  if (title === null) return 'TITLE_MISSING';
  return isPersonalSearch(title) ? 'SKIPPED_PERSONAL' : { kind: 'search', act: 'used', title, creator: null };
}

/** Reads entries of one file, whose language is one. */
export function createEntryReader(options: ReadOptions): (entry: Entry) => ParsedRecord | IssueCode {
  /** The words of the entry before: a title may begin with the word of another language. */
  let usual: Words | null = null;

  /** The title without the words around it, or null when these are not known. */
  const watchedTitle = (sentence: string): string | null => {
    // Spaces between words and title are no-break ones in some languages.
    const text = sentence.replace(/\s/gu, ' ');
    const fits = ([before, after]: Words): boolean => text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after);
    const words = usual && fits(usual) ? usual : WATCHED.find(fits);
    if (!words) return null;
    usual = words;
    return sentence.slice(words[0].length, sentence.length - words[1].length);
  };

  const clip = (entry: Entry, host: string): Thing | IssueCode => {
    if (entry.details.length > 0 && entry.channel === null) return 'SKIPPED_AD';
    const words = entry.name === null ? entry.sentence : entry.sentence.replace(entry.name, '');
    // A page that begins with its link tells of something dismissed or shared.
    if (words.trim() === '') return 'SKIPPED_OTHER';
    const watched = entry.name === null ? watchedTitle(entry.sentence) : null;
    let act: Act = 'used';
    let title = watched ?? entry.name ?? entry.sentence;
    if (watched === null) {
      const said = /^\S+(?:\s+\S+){0,5}/u.exec(words.trim())?.[0] ?? '';
      if (NOT_WATCHED.test(said)) return 'SKIPPED_OTHER';
      const rating = DISLIKED.exec(said) ?? LIKED.exec(said);
      if (rating) {
        act = DISLIKED.test(said) ? 'disliked' : 'liked';
        if (entry.name === null) title = entry.sentence.trim().slice(rating[0].length);
      }
    }
    const name = tidy(title);
    if (name === null) return 'TITLE_MISSING';
    // Of a video that was taken down only its address is left.
    if (/https?:\/\/\S*youtu/i.test(name)) return 'SKIPPED_NOT_AVAILABLE';
    const { creator, isArtist } = creatorOf(entry.channel);
    return { kind: isArtist || entry.header === 'YouTube Music' || host.startsWith('music.') ? 'music' : 'video', act, title: name, creator };
  };

  const thingOf = (entry: Entry): Thing | IssueCode => {
    if (entry.details.some((detail) => AD.test(detail))) return 'SKIPPED_AD';
    const isVideoProduct = entry.header !== null && /^YouTube\b/.test(entry.header);
    if (entry.url === null || !URL.canParse(entry.url)) return isVideoProduct ? 'SKIPPED_NOT_AVAILABLE' : 'SKIPPED_OTHER';
    const url = new URL(entry.url);
    const host = url.hostname.toLowerCase(), path = url.pathname;
    if (YOUTUBE.test(host)) {
      if (path === '/results' || path === '/search') return searched(url.searchParams.get('search_query') ?? url.searchParams.get('q'));
      return path === '/watch' || path.startsWith('/shorts/') ? clip(entry, host) : 'SKIPPED_OTHER';
    }
    if (host === 'youtu.be') return clip(entry, host);
    if (host === 'play.google.com') {
      if (path === '/store/search') return searched(url.searchParams.get('q'));
      // An app that was opened is the heading of its own entry; one that was looked at in the shop is not.
      const isUsed = path === '/store/apps/details' && entry.header !== null && !/^google play/i.test(entry.header) && entry.sentence.includes(entry.header);
      return isUsed ? { kind: 'app', act: 'used', title: entry.header, creator: null } : 'SKIPPED_OTHER';
    }
    if (SEARCH_HOST.test(host)) {
      if (path === '/url') return visited(url.searchParams.get('q') ?? url.searchParams.get('url') ?? '');
      // Words searched for on the map are places.
      return /^\/(?:search|images|books)?$/.test(path) && url.searchParams.has('q') ? searched(url.searchParams.get('q')) : 'SKIPPED_OTHER';
    }
    return visited(entry.url);
  };

  const visited = (url: string): Thing | IssueCode => {
    const title = siteOf(url);
    return title === null || /(?:^|\.)google\.[a-z.]+$/.test(title) ? 'SKIPPED_OTHER' : { kind: 'site', act: 'used', title, creator: null };
  };

  return (entry) => {
    const thing = thingOf(entry);
    if (typeof thing === 'string') return thing;
    const atMs = entry.atMs === null ? null : plausible(entry.atMs, options.nowMs);
    if (atMs === null) return 'DATE_INVALID';
    return recordOf(thing, atMs);
  };
}
