/** Which language a title is in, and that words which mean something else in another language do not match there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLanguageDetector, eachGroup, hasOtherLetters, LANGUAGES, SURE_LEAD } from '../../../electron/core/enrichment/language.ts';
import { createPhrases } from '../../../electron/core/enrichment/phrases.ts';
import { makeLanguageModel } from '../../../scripts/make-language-model.ts';
import { bought, heard, item, RESOURCES, shippedMatcher, watched } from '../../support/enrichment.ts';

const model = readFileSync(join(RESOURCES, 'lexicons/languages.tsv'), 'utf8');
const languageOf = createLanguageDetector(model);
const { matcher } = shippedMatcher();
const targets = (what: Parameters<typeof matcher.match>[0]): string[] => matcher.match(what).map(({ target }) => target);

describe('telling languages', () => {
  test('the file that ships is the one the script makes', () => { expect(makeLanguageModel()).toBe(model); }, 120_000);

  test('short titles of five languages are told apart', () => {
    const rows = readFileSync(join(import.meta.dirname, '../../quality/languages.tsv'), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t'));
    const right = rows.filter(([language, title = '']) => languageOf(title) === language).length, wrong = rows.filter(([language, title = '']) => ![language, null].includes(languageOf(title))).length;
    process.stdout.write(`language of ${rows.length} short titles: ${right} right, ${wrong} wrong, the others not told\n`);
    for (const language of LANGUAGES) expect(rows.filter((row) => row[0] === language).length, language).toBeGreaterThanOrEqual(40);
    expect(right / rows.length).toBeGreaterThan(0.95);
    expect(wrong / rows.length).toBeLessThan(0.02);
  });

  test('where a language is told of a person, none of them is told wrong, and other alphabets are not told', () => {
    const rows = readFileSync(join(import.meta.dirname, '../../quality/languages.tsv'), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t'));
    const told = rows.map(([language, title = '']) => ({ language, found: languageOf(title, SURE_LEAD) })).filter(({ found }) => found !== null);
    expect(told.filter(({ language, found }) => language !== found)).toEqual([]);
    expect(told.length / rows.length).toBeGreaterThan(0.9);
    for (const title of ['Borgen: Dyden i midten på Sæson', 'Wiedźmin', 'Krótki film o miłości', 'Ronja Rövardotter och Björn på ån', 'Война и мир']) expect(hasOtherLetters(title) || languageOf(title, SURE_LEAD) === null, title).toBe(true);
    for (const [, title = ''] of rows) expect(hasOtherLetters(title), title).toBe(false);
    // Names say nothing.
    for (const title of ['Dark', 'Arrival', 'Friends', 'Lupin', 'Inception', 'Roma', 'Parasite', 'Squid Game', 'Money Heist', 'Kimetsu no Yaiba', 'Het diner']) expect(languageOf(title, SURE_LEAD), title).toBeNull();
  });

  test('what has no words of theirs has no language', () => {
    for (const title of ['', ' ', '12345', '🍞🍞', 'ﷺ', '日本語', '\u0000\u0007\u202e', '\ud800', '%%%']) expect(languageOf(title), JSON.stringify(title)).toBeNull();
  });

  test('a title without end costs no more than its beginning', () => {
    const long = 'die Kunst des Loslassens '.repeat(100_000);
    expect(languageOf(long)).toBe('de');
    let groups = 0;
    eachGroup(long, () => { groups++; });
    expect(groups).toBeLessThan(1_000);
    expect(() => languageOf(`\u202e${'a\u0300'.repeat(50_000)}`)).not.toThrow();
  });
});

describe('phrases in one language', () => {
  const phrases = createPhrases<string>();
  phrases.add(['hose'], 'trousers', ['de']);
  phrases.add(['hose'], 'garden', ['en']);
  phrases.add(['hose'], 'too late', ['en']);
  phrases.add(['gift'], 'anything');
  phrases.add(['gift'], 'poison', ['de']);
  const find = (word: string, language: 'de' | 'en' | 'fr' | null): string[] => phrases.find([word], () => language).map(({ entry }) => entry);

  test('mean what they mean there, and elsewhere what they mean anywhere, if they do', () => {
    expect(phrases.size).toBe(2);
    expect([find('hose', 'de'), find('hose', 'en'), find('hose', 'fr'), find('hose', null)]).toEqual([['trousers'], ['garden'], [], ['trousers']]);
    expect([find('gift', 'de'), find('gift', 'en'), find('gift', null)]).toEqual([['poison'], ['anything'], ['anything']]);
  });
  test('are not asked for their language where nothing depends on it', () => {
    expect(phrases.find(['something', 'else'], () => { throw new Error('asked'); })).toEqual([]);
  });
});

describe('false friends', () => {
  test.each([
    ['Herren Hose schwarz Größe 52', 'clothing.trousers'], ['Garden Hose with Brass Nozzle', 'gardening.garden-tools'], ['Pull homme col rond en laine', 'clothing.tops'],
    ['Mantel antimanchas para la mesa', 'kitchenware.tableware'], ['Damen Mantel aus Wolle', 'clothing.jackets'], ['Vis à bois tête fraisée, boîte de 200', 'tools.fixings'],
  ])('%j', (title, expected) => {
    const department = targets(bought(title)).filter((target) => taxonomyKind(target) === 'department');
    expect(department, title).toEqual([expected]);
  });
  test.each(['Pull Up Bar for Doorway', 'The stores near you', 'Roman sandals for women'])('%j is no French pullover, no blind and no novel', (title) => {
    expect(targets(bought(title)).filter((target) => ['clothing.tops', 'decor.rugs', 'media.books-paper'].includes(target)), title).toEqual([]);
  });
  test('a boss is no cook, and calcium no football', () => {
    expect(targets(watched('Mein neuer Chef ist eine Katastrophe'))).toEqual([]);
    expect(targets(watched('The young chef of the village'))).toEqual(['food.cooking']);
    expect(targets(item('search', 'para qué sirve el calcio y el magnesio'))).not.toContain('sport.football');
    expect(targets(item('search', 'risultati calcio di oggi'))).toContain('sport.football');
  });
  test('a loudspeaker is not pregnant, wine stays wine, and an actor of that name is none', () => {
    expect(targets(bought('Enceinte Bluetooth portable étanche'))).toEqual(expect.arrayContaining(['electronics.speakers']));
    expect(targets(bought('Livre pour femme enceinte'))).toContain('family.pregnancy');
    expect(targets(bought('Coffret de vin rouge de Bordeaux'))).toContain('habits.alcohol.wine');
    expect(targets(item('search', 'the new movie with Vin Diesel'))).toEqual([]);
  });
  test('titles that nobody can tell keep every closed meaning', () => { expect(targets(bought('Vin'))).toEqual(['habits.alcohol.wine']); });
  test('music never asks', () => { expect(targets(heard('Pull', 'hose'))).toEqual([]); });
});

const { taxonomy } = shippedMatcher();
function taxonomyKind(target: string): string | undefined { return taxonomy.get(target)?.kind; }
