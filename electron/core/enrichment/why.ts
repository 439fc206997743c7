/** Explains one preference in plain sentences. Pure. */
import { dayUtc, list } from '../../../shared/language/format.ts';
import { msg, t } from '../../../shared/language/message.ts';
import type { Manner, Preference } from '../../../shared/domain/preference.ts';
import { degreeWords, sureWords } from '../../../shared/domain/degree.ts';
import { isReckoned } from './what-if.ts';
import { isCounted, type Lasting } from './lasting.ts';
import { UNDATED_MS, type SourceId } from '../../../shared/domain/records.ts';

const SOURCE_NAMES: Readonly<Record<SourceId, string>> = {
  netflix: 'Netflix', spotify: 'Spotify', amazon: 'Amazon', google: 'Google', goodreads: 'Goodreads', letterboxd: 'Letterboxd', apple: 'Apple', instagram: 'Instagram', facebook: 'Facebook', tiktok: 'TikTok', browser: msg('your browser'), own: msg('files of your own'),
};

/** "Netflix", "Netflix and Spotify", "Netflix, Spotify and Amazon". */
const sourceWords = (sources: readonly SourceId[]): string => list([...new Set(sources)].map((source) => t(SOURCE_NAMES[source])));


export interface WhyInput {
  readonly preference: Preference;
  readonly sources: readonly SourceId[];
  /** Sentences of the intent or price rule at work; empty for other claims. */
  readonly because: readonly string[];
  /** When the person said so; null when they did not. */
  readonly saidAtMs: number | null;
  /** What confidence was reckoned with. */
  readonly lasting: Lasting;
}

const SAID: Readonly<Record<Manner, (when: string) => string>> = {
  said: (when) => t('You corrected this yourself on {when}. Your own word counts more than any record.', { when }),
  pinned: (when) => t('You pinned this on {when}. It stays as it was then, whatever the records say since.', { when }),
  weakened: (when) => t('You said on {when} that this counts less than the records say. It follows them, but weaker.', { when }),
};

/** What was seen, and what it was taken to mean. */
export function summarise(input: WhyInput): string[] {
  const { preference: p, sources, because, saidAtMs, lasting } = input;
  const lines: string[] = [];
  if (saidAtMs !== null) lines.push(p.origin === 'declared' ? t('You said so yourself on {when}. Your own word counts more than any record.', { when: dayUtc(saidAtMs) }) : SAID[p.manner ?? 'said'](dayUtc(saidAtMs)));
  if (p.evidence > 0) {
    lines.push(t('{besides, select, yes {Besides, Penchant saw} other {Penchant saw}} {records, plural, one {one record} other {# records}}{sources, plural, =0 {} other { from {names}}} that {records, plural, one {points} other {point}} to “{label}”{dated, select, yes {, the newest on {newest}} other {}}.', {
      besides: saidAtMs !== null, records: p.evidence, sources: sources.length, names: sourceWords(sources), label: p.label, dated: saidAtMs === null && p.lastSeenMs !== UNDATED_MS, newest: dayUtc(p.lastSeenMs),
    }));
  }
  lines.push(...because);
  if (saidAtMs === null) {
    if (p.claim === 'price_band') lines.push(t('Of what you paid, {share, number} of 100 lay in this range. Recent purchases count more: one a year old counts half.', { share: Math.round(p.strength * 100) }));
    else if (p.claim === 'intent') lines.push(t('It is a guess about the next {weeks, plural, one {week} other {# weeks}}, and it fades by itself.', { weeks: p.horizonWeeks ?? 0 }));
    else lines.push(t('Together this counts as “{degree}”. Newer records count more: a purchase counts half after a year, a play or a view after half a year. Doing the same again counts less than doing different things.', { degree: degreeWords(p.strength) }));
    if (isReckoned(p.claim) && isCounted(lasting)) lines.push(t('Penchant is {sure}. It looks at how many different things point here, how often the rules behind it are right, and how often something new lasts with you: of {firsts, number} subjects that were new in your records, {again, number} came back within a year.', { sure: sureWords(p.confidence), firsts: lasting.firsts, again: lasting.again }));
    else lines.push(t('Penchant is {sure}. It looks at how many different things point here and how often the rules behind it are right. It leaves room for presents, other people on your accounts and passing moods.', { sure: sureWords(p.confidence) }));
  }
  if (p.sensitive) lines.push(t('This lies in a closed part of life. No company is ever told, and nothing else is concluded from these records.'));
  return lines;
}
