/** Dates and times as pages write them for reading: names of months, clocks of 12 and 24 hours, names of time zones; in several languages. */
import { utcMs } from './dates.ts';

/** Months of one language each, January first; without accents. A second line where a language has second forms. */
const LANGUAGES = [
  'january february march april may june july august september october november december',
  'januar februar marz april mai juni juli august september oktober november dezember',
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro',
  'januari februari mars april maj juni juli augusti september oktober november december',
  'januar februar marts april maj juni juli august september oktober november december',
  'januar februar mars april mai juni juli august september oktober november desember',
  'styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien',
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia',
  'ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik',
  'janner feber mrt apr may jun jul aug setiembre oct nov dec',
];
const WORDS = /[\p{L}\p{M}]+/gu;
/** Shorter beginnings than this are no abbreviations. */
const SHORTEST_MONTH = 3;

/** Month by every beginning of its name that names one month only: "juil" is July, "jui" neither June nor July. */
const MONTHS: ReadonlyMap<string, number> = (() => {
  const months = new Map<string, number>();
  for (const names of LANGUAGES) {
    for (const [i, name] of names.split(' ').entries()) {
      for (let length = SHORTEST_MONTH; length <= name.length; length++) {
        const start = name.slice(0, length);
        months.set(start, (months.get(start) ?? i + 1) === i + 1 ? i + 1 : 0);
      }
    }
  }
  return months;
})();

/** What the languages beside those above call their months, as the unit tables every browser brings have it (Unicode CLDR): whole names and short ones, alone and in a date. */
const OTHER_LANGUAGES = 'af sq am hy az eu be bn bs bg my ca zh hr cs et fil fi gl ka el gu he hi hu is id ja kn kk km ko ky lo lv lt mk ms ml mr mn ne fa pa ro ru sr sr-Latn si sk sl sw ta te th uk ur uz vi zu ar fr-CA es-MX pt-PT de-AT en-GB da nb sv nl pl tr it'.split(' ');
/** A name that is another month next door ("listopada": November in Polish, October in Croatian) is none of both. */
const namesOf = (languages: readonly string[]): ReadonlyMap<string, number> => {
  const months = new Map<string, number>();
  for (const language of languages) {
    for (const month of ['long', 'short'] as const) {
      const forms = [new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { month, timeZone: 'UTC' }), new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' })];
      for (let at = 0; at < 12; at++) {
        for (const form of forms) {
          const name = form.formatToParts(Date.UTC(2024, at, 3)).find(({ type }) => type === 'month')?.value ?? '';
          // Hebrew writes “in” together with the month.
          for (const word of (plain(name).match(WORDS) ?? []).filter((letters) => letters.length > 1 || !/[a-z\p{Script=Cyrillic}]/u.test(letters)).flatMap((letters) => (language === 'he' ? [letters, `ב${letters}`] : [letters]))) months.set(word, (months.get(word) ?? at + 1) === at + 1 ? at + 1 : 0);
        }
      }
    }
  }
  return months;
};
/** Made when a page in one of them is met: it takes a few hundredths of a second. */
let others: ReadonlyMap<string, number> | undefined, croatian: ReadonlyMap<string, number> | undefined;
/** Croatian and its kin write a dot behind the year, and name some months as others name the next. */
const monthOf = (word: string, isDotted: boolean): number => (isDotted ? (croatian ??= namesOf(['hr', 'bs', 'sr-Latn', 'sl'])).get(word) : undefined) ?? MONTHS.get(word) ?? (others ??= namesOf(OTHER_LANGUAGES)).get(word) ?? 0;

/** Minutes east of Greenwich. Where one name means several zones, the one most people live in; summer time is a name of its own. */
const ZONES: Readonly<Record<string, number>> = {
  utc: 0, gmt: 0, z: 0, wet: 0, west: 60, bst: 60, cet: 60, mez: 60, cest: 120, mesz: 120, eet: 120, oez: 120, eest: 180, oesz: 180, msk: 180, trt: 180,
  wat: 60, cat: 120, sast: 120, eat: 180, gst: 240, pkt: 300, ist: 330, npt: 345, wib: 420, ict: 420, hkt: 480, sgt: 480, myt: 480, pht: 480, awst: 480, jst: 540, kst: 540,
  acst: 570, acdt: 630, aest: 600, aedt: 660, nzst: 720, nzdt: 780,
  brt: -180, art: -180, uyt: -180, clt: -240, clst: -180, bot: -240, vet: -240, pet: -300, cot: -300, ect: -300,
  nst: -210, ndt: -150, ast: -240, adt: -180, est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420, akst: -540, akdt: -480, hst: -600,
  hne: -300, hae: -240, hnc: -360, hac: -300, hnr: -420, har: -360, hnp: -480, hap: -420,
};
const OFFSET = /^(?:utc|gmt)? ?([+-])(\d{1,2})(?::?(\d\d))?$/;

/** Nothing that is a date and no more is longer. */
const LONGEST = 90;
/** Hours, minutes and seconds; some languages part them with dots. */
const COLONS = /(?<!\d)(\d{1,2}):(\d\d):(\d\d)(?![\d:])/, DOTS = /(?<![\d.])(\d{1,2})\.(\d\d)\.(\d\d)(?![\d.])/;
const FORENOON = 'a\\.? ?m\\b\\.?|ص|오전|午前|上午|π\\.? ?μ\\.?|p\\.? ?d\\.?|पूर्वाह्न|पूर्वान्ह|ጥዋት|ព្រឹក', AFTERNOON = 'p\\.? ?m\\b\\.?|م|오후|午後|下午|μ\\.? ?μ\\.?|m\\.? ?d\\.?|अपराह्न|ከሰዓት|ល្ងាច';
const HALF_BEFORE = new RegExp(`(?:^|[ ,.日])(?:(${FORENOON})|(${AFTERNOON}))$`, 'u'), HALF_AFTER = new RegExp(`^(?:(${FORENOON})|(${AFTERNOON}))`, 'u');
const NUMERIC = /^(\d{1,4}) ?[./\-年] ?(\d{1,2}) ?[./\-月] ?(\d{1,4})(?: ?日|\.)?(?: ?\p{L}{1,4}\.?)?$/u;
/** Day, month and year, with the small words and the weekday some languages put among them. */
const MOST_WORDS = 8;

export interface WrittenDate {
  /** Unix ms. */
  readonly atMs: number;
  /** False when its zone has a name that is not known; it was taken for UTC then. */
  readonly isZoneKnown: boolean;
}

/** The digit nought of each script that dates are written in. */
const NOUGHTS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0] as const;
const ownDigit = (digit: string): string => { const code = digit.codePointAt(0) ?? 0, nought = NOUGHTS.find((at) => code >= at && code <= at + 9); return nought === undefined ? digit : String(code - nought); };

/** Marks that only colour a letter; the vowels of Indian scripts are marks, too, and make words of their own. */
const ACCENTS = /[\p{Script=Inherited}\p{Cf}[\p{M}&&[\p{Script=Hebrew}\p{Script=Arabic}]]]/gv;

/** Lower case, no accents, our own digits, one kind of space, comma and minus, no signs of direction. */
const plain = (text: string): string =>
  text.normalize('NFD').replace(ACCENTS, '').replace(/\p{Nd}/gu, ownDigit).replace(/(?<=[\p{Script=Thai}\p{Script=Lao}])\.(?=[\p{Script=Thai}\p{Script=Lao}])/gu, '').normalize('NFC').toLowerCase().replaceAll('ı', 'i').replace(/\s+/gu, ' ').replaceAll('،', ',').replaceAll('−', '-').trim();

/**
 * "Mar 3, 2026, 6:25:05 PM PDT", "03.03.2026, 18:25:05 MEZ", "3 de mar. de 2026, 18:25:05 GMT-03:00", "2026年3月3日 18:25:05 CET".
 *
 * @returns null for anything but a date with a time to the second
 */
export function parseWrittenDate(text: string): WrittenDate | null {
  if (text.length > LONGEST) return null;
  // "18 h 25 min 05 s" in Canada, "kl. 18.25.05" and "18:25:05 ч." elsewhere.
  const line = plain(text.replaceAll(/[()[\]]/gu, ' ')).replace(/(\d{1,2}) h (\d{1,2}) min (\d{1,2}) s/u, (_, hours: string, minutes: string, seconds: string) => [hours, minutes, seconds].map((part) => part.padStart(2, '0')).join(':')).replace(/(:\d\d) (?:ч\.|h|uhr|น\.)(?= |$)/u, '$1');
  const clock = COLONS.exec(line) ?? DOTS.exec(line);
  if (!clock) return null;
  const head = line.slice(0, clock.index).replace(/[, ]+$/, ''), tail = line.slice(clock.index + clock[0].length).replace(/^[, ]+/, '');
  // Vietnamese has the time first, with or without its zone.
  const turned = head === '' || head === 'luc' ? /^(?:([a-z+\d:-]*?) )??(\d{1,2} t.*\d{4})[, ]*(.*)$/u.exec(tail) : null;
  const before = turned?.[2] ?? head, after = turned === null ? tail : turned[1] ?? turned[3] ?? '';
  const early = HALF_BEFORE.exec(before), late = HALF_AFTER.exec(after);
  const half = late ?? early;
  const hour = hourOf(Number(clock[1]), half === null ? null : half[2] !== undefined);
  const day = dayOf(early && !late ? before.slice(0, early.index).trim() : before);
  const zone = zoneOf((late ? after.slice(late[0].length) : after).replace(/^[, ]+/u, '').trim(), line);
  if (hour === null || day === null || zone === null) return null;
  const ms = utcMs(day.year, day.month, day.day, hour, Number(clock[2]), Number(clock[3]));
  return ms === null ? null : { atMs: ms - zone.minutes * 60_000, isZoneKnown: zone.isKnown };
}

/** `isAfternoon`: null on a clock of 24 hours. */
function hourOf(hour: number, isAfternoon: boolean | null): number | null {
  if (isAfternoon === null) return hour;
  return hour > 12 ? null : (hour % 12) + (isAfternoon ? 12 : 0);
}

function dayOf(text: string): { readonly year: number; readonly month: number; readonly day: number } | null {
  const numeric = NUMERIC.exec(text);
  if (numeric) {
    const [, a = '', b = '', c = ''] = numeric;
    if (a.length === 4 && c.length <= 2) return ofOurEra({ year: Number(a), month: Number(b), day: Number(c) });
    // With digits only, whoever writes the year last writes the day first; months come first by name.
    return a.length <= 2 && c.length === 4 ? ofOurEra({ year: Number(c), month: Number(b), day: Number(a) }) : null;
  }
  const numbers = text.match(/\d+/g) ?? [], words = text.match(WORDS) ?? [];
  // Vietnamese numbers its months, by a word before the number.
  const numbered = /^(?:.*, )?(\d{1,2}) (?:thang|thg) (\d{1,2}),? (?:nam )?(\d{4})$/u.exec(text);
  if (numbered) return { year: Number(numbered[3]), month: Number(numbered[2]), day: Number(numbered[1]) };
  if (numbers.length !== 2 || words.length > MOST_WORDS) return null;
  const year = numbers.find((number) => number.length === 4), day = numbers.find((number) => number.length <= 2);
  const isDotted = /\d{4}\./u.test(text);
  const month = words.map((word) => monthOf(word, isDotted)).find((number) => number > 0);
  return year === undefined || day === undefined || month === undefined ? null : ofOurEra({ year: Number(year), month, day: Number(day) });
}

/** Thailand counts years from the Buddha; other eras have other months, too, and are not read. */
function ofOurEra<D extends { readonly year: number }>(day: D): D | null {
  if (day.year > 2_400 && day.year < 2_700) return { ...day, year: day.year - 543 };
  return day.year < 1_900 ? null : day;
}

/** Where the same letters mean another zone: in China, on the Arabian peninsula, in Israel. */
const ZONES_BY_SCRIPT: readonly (readonly [RegExp, Readonly<Record<string, number>>])[] = [[/[年月]/u, { cst: 480 }], [/\p{Script=Arabic}/u, { ast: 180 }], [/\p{Script=Hebrew}/u, { ist: 120, idt: 180 }]];

function zoneOf(text: string, line: string): { readonly minutes: number; readonly isKnown: boolean } | null {
  // Before 2018 none was written, and it was UTC.
  if (text === '') return { minutes: 0, isKnown: true };
  const offset = OFFSET.exec(text);
  if (offset) return { minutes: (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3] ?? 0)), isKnown: true };
  const there = ZONES_BY_SCRIPT.find(([script, zones]) => Object.hasOwn(zones, text) && script.test(line))?.[1][text];
  if (there !== undefined) return { minutes: there, isKnown: true };
  if (Object.hasOwn(ZONES, text)) return { minutes: ZONES[text] ?? 0, isKnown: true };
  return /^\p{L}{2,8}$/u.test(text) ? { minutes: 0, isKnown: false } : null;
}
