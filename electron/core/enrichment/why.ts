/** Explains one preference in plain sentences. Pure. */
import type { Manner, Preference } from '../../../shared/domain/preference.ts';
import { degreeWords, sureWords } from '../../../shared/domain/degree.ts';
import { UNDATED_MS, type SourceId } from '../../../shared/domain/records.ts';

const SOURCE_NAMES: Readonly<Record<SourceId, string>> = {
  netflix: 'Netflix', spotify: 'Spotify', amazon: 'Amazon', google: 'Google', goodreads: 'Goodreads', letterboxd: 'Letterboxd', apple: 'Apple', instagram: 'Instagram', facebook: 'Facebook', tiktok: 'TikTok', browser: 'your browser', own: 'files of your own',
};

/** "Netflix", "Netflix and Spotify", "Netflix, Spotify and Amazon". */
const sourceWords = (sources: readonly SourceId[]): string => {
  const names = [...new Set(sources)].map((source) => SOURCE_NAMES[source]);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
};

const day = (ms: number): string => new Date(ms).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const records = (count: number): string => (count === 1 ? 'one record' : `${count.toLocaleString('en-US')} records`);
const hundred = (share: number): string => `${Math.round(share * 100)} of 100`;

export interface WhyInput {
  readonly preference: Preference;
  readonly sources: readonly SourceId[];
  /** Sentences of the intent or price rule at work; empty for other claims. */
  readonly because: readonly string[];
  /** When the person said so; null when they did not. */
  readonly saidAtMs: number | null;
}

const SAID: Readonly<Record<Manner, (when: string) => string>> = {
  said: (when) => `You corrected this yourself on ${when}. Your own word counts more than any record.`,
  pinned: (when) => `You pinned this on ${when}. It stays as it was then, whatever the records say since.`,
  weakened: (when) => `You said on ${when} that this counts less than the records say. It follows them, but weaker.`,
};

/** What was seen, and what it was taken to mean. */
export function summarise(input: WhyInput): string[] {
  const { preference: p, sources, because, saidAtMs } = input;
  const lines: string[] = [];
  if (saidAtMs !== null) lines.push(p.origin === 'declared' ? `You said so yourself on ${day(saidAtMs)}. Your own word counts more than any record.` : SAID[p.manner ?? 'said'](day(saidAtMs)));
  if (p.evidence > 0) {
    const from = sources.length > 0 ? ` from ${sourceWords(sources)}` : '';
    lines.push(`${saidAtMs === null ? 'Penchant saw' : 'Besides, Penchant saw'} ${records(p.evidence)}${from} that point${p.evidence === 1 ? 's' : ''} to “${p.label}”${saidAtMs === null && p.lastSeenMs !== UNDATED_MS ? `, the newest on ${day(p.lastSeenMs)}` : ''}.`);
  }
  lines.push(...because);
  if (saidAtMs === null) {
    if (p.claim === 'price_band') lines.push(`Of what you paid, ${hundred(p.strength)} lay in this range. Recent purchases count more: one a year old counts half.`);
    else if (p.claim === 'intent') lines.push(`It is a guess about the next ${p.horizonWeeks === 1 ? 'week' : `${p.horizonWeeks ?? 0} weeks`}, and it fades by itself.`);
    else lines.push(`Together this counts as “${degreeWords(p.strength)}”. Newer records count more: a purchase counts half after a year, a play or a view after half a year. Doing the same again counts less than doing different things.`);
    lines.push(`Penchant is ${sureWords(p.confidence)}, judged by how many different things point here and how often the rules behind it are right, with room for presents, other people on your accounts and passing moods.`);
  }
  if (p.sensitive) lines.push('This lies in a closed part of life. No company is ever told, and nothing else is concluded from these records.');
  return lines;
}
