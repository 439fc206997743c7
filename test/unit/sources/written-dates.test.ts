/** Dates as Google's pages write them, in the languages they come in. */
import { describe, expect, it } from 'vitest';
import { parseWrittenDate } from '../../../electron/core/sources/written-dates.ts';

const iso = (text: string): string | null => {
  const date = parseWrittenDate(text);
  return date && new Date(date.atMs).toISOString().slice(0, 19) + (date.isZoneKnown ? '' : '?');
};

describe('a written date', () => {
  it.each([
    // English: month first, day first, both clocks, every kind of space.
    ['Mar 3, 2026, 6:25:05 PM PDT', '2026-03-04T01:25:05'], ['Mar 3, 2026, 6:25:05\u202fPM PDT', '2026-03-04T01:25:05'], ['Mar 3, 2026, 6:25:05\u00a0AM', '2026-03-03T06:25:05'], ['Mar 3, 2026 at 12:25:05 AM UTC', '2026-03-03T00:25:05'],
    ['Mar 3, 2026, 12:25:05 PM UTC', '2026-03-03T12:25:05'], ['3 Mar 2026, 18:25:05 GMT', '2026-03-03T18:25:05'], ['3 Sept 2026, 18:25:05 BST', '2026-09-03T17:25:05'], ['03-Mar-2026, 6:25:05 pm IST', '2026-03-03T12:55:05'],
    ['Mar. 3, 2026, 6:25:05 a.m. EST', '2026-03-03T11:25:05'], ['15 January 2026, 18:25:05 GMT+05:30', '2026-01-15T12:55:05'],
    // Google writes the zone of the day of the export, also on days on which it was another: summer time in winter.
    ['Jan 15, 2021, 6:54:12 PM BST', '2021-01-15T17:54:12'],
    // German
    ['27.08.2026, 20:04:54 MESZ', '2026-08-27T18:04:54'], ['07.12.2026, 09:00:00 MEZ', '2026-12-07T08:00:00'], ['3. März 2026 um 18:25:05 MEZ', '2026-03-03T17:25:05'], ['17. Okt. 2026, 22:14:48', '2026-10-17T22:14:48'], ['3. Jänner 2026, 18:25:05 MEZ', '2026-01-03T17:25:05'],
    // French
    ['3 janv. 2026, 18:25:05 CET', '2026-01-03T17:25:05'], ['3 févr. 2026, 18:25:05 CET', '2026-02-03T17:25:05'], ['3 juin 2026 à 18:25:05 UTC+2', '2026-06-03T16:25:05'], ['3 juil. 2026 à 18:25:05 UTC+02:00', '2026-07-03T16:25:05'], ['3 août 2026, 18:25:05 CEST', '2026-08-03T16:25:05'],
    ['mardi 5 mai 2026 à 18:25:05', '2026-05-05T18:25:05'], ['3 déc. 2026, 18:25:05 UTC−05:00', '2026-12-03T23:25:05'],
    // Spanish
    ['3 ene 2026, 18:25:05 CET', '2026-01-03T17:25:05'], ['3 ago 2026, 18:25:05 CEST', '2026-08-03T16:25:05'], ['3 mar. 2026 6:25:05 p. m. GMT-03:00', '2026-03-03T21:25:05'], ['3 dic 2026, 6:25:05 a.m. CST', '2026-12-03T12:25:05'],
    // Dutch
    ['15 mrt 2026, 20:30:41 CET', '2026-03-15T19:30:41'], ['1 mei 2026, 07:05:00 CEST', '2026-05-01T05:05:00'], ['15 okt. 2026 20:30:41', '2026-10-15T20:30:41'],
    // Italian
    ['3 gen 2026, 18:25:05 CET', '2026-01-03T17:25:05'], ['3 mag 2026, 18:25:05 CEST', '2026-05-03T16:25:05'], ['3 giu 2026, 18:25:05', '2026-06-03T18:25:05'], ['3 lug 2026, 18:25:05', '2026-07-03T18:25:05'], ['3 set 2026, 18:25:05', '2026-09-03T18:25:05'], ['3 ott 2026, 18:25:05', '2026-10-03T18:25:05'],
    // Portuguese
    ['3 de mar. de 2026, 18:25:05 BRT', '2026-03-03T21:25:05'], ['3 de out. de 2026 18:25:05', '2026-10-03T18:25:05'], ['3 de fev. de 2026, 18:25:05', '2026-02-03T18:25:05'], ['03/04/2026, 18:25:05 WET', '2026-04-03T18:25:05'],
    // Others
    ['2026年7月30日 00:23:06 CEST', '2026-07-29T22:23:06'], ['2026/03/04 18:25:05 JST', '2026-03-04T09:25:05'], ['2024. 10. 19. 오후 9:15:07 KST', '2024-10-19T12:15:07'], ['2024. 10. 19. AM 9:15:07 KST', '2024-10-19T00:15:07'],
    ['23\u200f/07\u200f/2026، 4:20:22 م CEST', '2026-07-23T14:20:22'], ['30/07/2026، 12:23:06 ص CEST', '2026-07-29T22:23:06'], ['17 Ağu 2026, 22:14:48 GMT+3', '2026-08-17T19:14:48'], ['3. mar. 2026 18.25.05 CET', '2026-03-03T17:25:05'], ['3 paź 2026, 18:25:05 CEST', '2026-10-03T16:25:05'],
    ['3 mar 2026, 18:25:05 XYZ', '2026-03-03T18:25:05?'],
  ])('%s is %s', (text, expected) => { expect(iso(text)).toBe(expected); });

  it.each([
    [''], ['Watched at 11:39 AM'], ['Mar 3, 2026'], ['31 feb 2026, 10:00:00'], ['3 mar 2026, 25:00:00'], ['3 mar 2026, 10:61:00'], ['Mar 3, 2026, 13:25:05 PM'], ['3 jui 2026, 10:00:00'], ['3 Floréal 2026, 10:00:00'], ['13/13/2026, 10:00:00'],
    ['3 mar 2026, 10:00:00 and then some'], ['3 mar 26, 10:00:00'], ['3 4 mar 2026, 10:00:00'], [`${'x'.repeat(200)} 3 mar 2026, 10:00:00`], ['10:00:00'], ['03.03.2026'],
  ])('%j is none', (text) => { expect(parseWrittenDate(text)).toBeNull(); });

  it('reads what this runtime writes in the other languages, with their digits, clocks and eras', () => {
    const locales = 'fr-CA es-MX pt-PT fi is ru uk be bg mk sr sr-Latn hr bs sl sk cs hu ro ca gl et lv lt el he ar bn ta gu pa si ne ur th lo km my vi id fil ja ko zh zh-TW zh-HK ka hy az kk ky uz sq sw zu af am eu hi mr te kn ml'.split(' ');
    for (const locale of locales) {
      const form = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
      for (let month = 0; month < 12; month++) {
        const text = `${form.format(Date.UTC(2024, month, 3, 18, 25, 5))} UTC`;
        expect([locale, text, iso(text)]).toEqual([locale, text, new Date(Date.UTC(2024, month, 3, 18, 25, 5)).toISOString().slice(0, 19)]);
      }
    }
  });

  it('takes a zone for the one of the language it stands in, and years of other eras for none', () => {
    expect(['2024年3月3日 18:25:05 CST', 'Mar 3, 2024, 6:25:05 PM CST', '03/03/2024، 6:25:05 م AST', '3 במרץ 2024, 18:25:05 IST', '3 мар. 2024 г., 18:25:05 MSK', '18 h 25 min 05 s', '3 mars 2024, 18 h 25 min 05 s HNE', '3 lis 2024. 18:25:05 CET', '3 lis 2024, 18:25:05 CET', '۱۳ آذر ۱۴۰۳، ۱۸:۲۵:۰۵'].map(iso))
      .toEqual(['2024-03-03T10:25:05', '2024-03-04T00:25:05', '2024-03-03T15:25:05', '2024-03-03T16:25:05', '2024-03-03T15:25:05', null, '2024-03-03T23:25:05', '2024-10-03T17:25:05', '2024-11-03T17:25:05', null]);
  });

  it('knows all twelve months of each language, long and short, as this runtime writes them', () => {
    for (const locale of ['en', 'en-GB', 'de', 'fr', 'es', 'nl', 'it', 'pt', 'pt-BR', 'sv', 'da', 'nb', 'pl', 'tr']) {
      for (const month of ['long', 'short'] as const) {
        for (let i = 0; i < 12; i++) {
          const text = `${new Intl.DateTimeFormat(locale, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' }).format(Date.UTC(2026, i, 17))}, 18:25:05`;
          expect(iso(text), `${locale}: ${text}`).toBe(new Date(Date.UTC(2026, i, 17, 18, 25, 5)).toISOString().slice(0, 19));
        }
      }
    }
  });
});
