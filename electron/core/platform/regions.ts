/** Countries by continent after UN M49 (statistics division, "Geographic Regions"), as ISO 3166-1 alpha-2, and what ISO 3166-2 divides them into. */
import { iso31662 } from 'iso-3166/2.js';

export type Continent = 'Africa' | 'Americas' | 'Antarctica' | 'Asia' | 'Europe' | 'Oceania';

const COUNTRIES: Readonly<Record<Continent, string>> = {
  Africa: 'AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW',
  Americas: 'AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI',
  Antarctica: 'AQ',
  Asia: 'AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE',
  Europe: 'AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA',
  Oceania: 'AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS',
};

const CONTINENT_OF: ReadonlyMap<string, Continent> = new Map(
  (Object.keys(COUNTRIES) as Continent[]).flatMap((continent) => COUNTRIES[continent].split(' ').map((country) => [country, continent] as const)),
);

/** Continent of an ISO 3166-1 alpha-2 country; undefined for a code that is not in the standard. */
export const continentOf = (country: string): Continent | undefined => CONTINENT_OF.get(country);

export const countryCodes = (): readonly string[] => [...CONTINENT_OF.keys()];

/** The standard lists the counties and boroughs of the United Kingdom beside its four parts, without saying in which they lie. */
const isListed = ({ code, parent }: (typeof iso31662)[number]): boolean => parent !== 'GB' || /^GB-(?:ENG|NIR|SCT|WLS)$/u.test(code);
const LISTED = iso31662.filter(isListed);
const DIVISIONS: ReadonlyMap<string, (typeof iso31662)[number]> = new Map(LISTED.map((division) => [division.code, division]));

/** First-level division ("DE-BY") that an ISO 3166-2 code is or lies in; undefined for a code that is not in the standard. */
export function firstLevelOf(code: string): string | undefined {
  let division = DIVISIONS.get(code);
  while (division !== undefined && division.parent.length > 2) division = DIVISIONS.get(division.parent);
  return division?.code;
}

/** What it is called where it is ("Bayern"). */
export const divisionName = (code: string): string | undefined => DIVISIONS.get(code)?.name;

/** First-level divisions of a country by ISO 3166-2; empty for a country without. */
export const divisionsOf = (country: string): readonly { readonly code: string; readonly name: string }[] => LISTED.filter(({ parent }) => parent === country).map(({ code, name }) => ({ code, name }));
