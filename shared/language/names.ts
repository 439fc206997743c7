/** What the person reads for things that have one name everywhere: nodes of the taxonomy and fixed choices. What leaves the vault are the ids. */
import { PURPOSES } from '../protocol/purposes.ts';
import { msg, t } from './message.ts';

/** In the person's language; what catalogs hold under the id and the English label. */
export const nodeName = ({ id, label }: { readonly id: string; readonly label: string }): string => t(`${id}|${label}`);

const CHOICES: Readonly<Record<string, string>> = {
  bohemian: msg('style|Bohemian'), casual: msg('style|Casual'), classic: msg('style|Classic'), colourful: msg('style|Colourful'), elegant: msg('style|Elegant'), industrial: msg('style|Industrial'),
  minimalist: msg('style|Minimalist'), modern: msg('style|Modern'), outdoor: msg('style|Outdoor'), preppy: msg('style|Preppy'), rock: msg('style|Rock'), romantic: msg('style|Romantic'),
  rustic: msg('style|Rustic'), scandinavian: msg('style|Scandinavian'), sporty: msg('style|Sporty'), streetwear: msg('style|Streetwear'), vintage: msg('style|Vintage'), workwear: msg('style|Workwear'),
  beige: msg('colour|Beige'), black: msg('colour|Black'), blue: msg('colour|Blue'), brown: msg('colour|Brown'), gold: msg('colour|Gold'), green: msg('colour|Green'), grey: msg('colour|Grey'),
  multicoloured: msg('colour|Multicoloured'), orange: msg('colour|Orange'), pink: msg('colour|Pink'), purple: msg('colour|Purple'), red: msg('colour|Red'), silver: msg('colour|Silver'), white: msg('colour|White'), yellow: msg('colour|Yellow'),
  captions: msg('Captions'), 'high-contrast': msg('High contrast'), 'keyboard-only': msg('Works by keyboard alone'), 'large-text': msg('Large text'), 'no-phone-calls': msg('No phone calls'), 'plain-language': msg('Plain language'),
  'reduced-motion': msg('Little motion'), 'screen-reader': msg('Works with a screen reader'), 'step-free': msg('Step-free access'), transcripts: msg('Transcripts'),
  none: msg('Do not contact me'), email: msg('Email'), post: msg('contact|Post'), phone: msg('Phone'), 'text-message': msg('Text message'), app: msg('Inside the app'),
  daily: msg('Daily at most'), weekly: msg('Weekly at most'), monthly: msg('Monthly at most'), rarely: msg('Rarely'),
  metric: msg('Metric units'), imperial: msg('Imperial units'),
};
/** Of a value of a claim with fixed choices; any other value is shown as it is. */
export const choiceName = (value: string): string => (Object.hasOwn(CHOICES, value) ? t(CHOICES[value] ?? value) : value);

/** "18 to 24", "80 or older". */
export const ageName = (band: string): string => (band.endsWith('+') ? t('{age} or older', { age: band.slice(0, -1) }) : t('{from} to {to}', { from: band.split('-')[0] ?? band, to: band.split('-')[1] ?? '' }));

const CONTINENTS: Readonly<Record<string, string>> = { Africa: msg('Africa'), Antarctica: msg('Antarctica'), Asia: msg('Asia'), Europe: msg('Europe'), 'North America': msg('North America'), Oceania: msg('Oceania'), 'South America': msg('South America') };
/** As answers name it; anything else is shown as it is. */
export const continentName = (continent: string): string => (Object.hasOwn(CONTINENTS, continent) ? t(CONTINENTS[continent] ?? continent) : continent);

/** Everyday words for a purpose IRI; an unknown one is shown as it is. */
export function purposeName(iri: string): string {
  const known = Object.values(PURPOSES).find((purpose) => purpose.iri === iri);
  return known ? t(known.label) : iri;
}
