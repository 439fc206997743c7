/** What single items are evidence of, and what they must not be taken for. */
import { describe, expect, test } from 'vitest';
import type { MatchableItem } from '../../../electron/core/enrichment/matcher.ts';
import { normalise, wordsOf } from '../../../electron/core/enrichment/normalise.ts';
import { createPhrases } from '../../../electron/core/enrichment/phrases.ts';
import { bought, heard, item, shippedMatcher, watched } from '../../support/enrichment.ts';

const { taxonomy, matcher } = shippedMatcher();
const targets = (what: MatchableItem): string[] => [...new Set(matcher.match(what).map((match) => match.target))].sort();
const rulesFor = (what: MatchableItem, target: string): string[] => matcher.match(what).filter((match) => match.target === target).map((match) => match.rule);

describe('words', () => {
  test.each([
    ['Chef’s Knife', 'chefs knife'], ['CRÈME BRÛLÉE', 'creme brulee'], ['Straße', 'strasse'], ['Ｆｕｌｌｗｉｄｔｈ', 'fullwidth'], ['Sigur Rós', 'sigur ros'], ['Simon & Garfunkel', 'simon garfunkel'],
    ['  AC/DC ', 'ac dc'], ['Mötley Crüe', 'motley crue'], ['Røyksopp', 'royksopp'], ['', ''], ['!!!', ''], ['日本 語', '日本 語'],
  ])('%j reads as %j', (written, read) => { expect(normalise(written)).toBe(read); });

  test('the longest phrase wins, none overlap, and only whole words count', () => {
    const phrases = createPhrases<string>();
    phrases.add(['dog'], 'dog');
    phrases.add(['dog', 'bed'], 'dog bed');
    phrases.add(['bed'], 'bed');
    phrases.add([], 'nothing');
    expect(phrases.size).toBe(3);
    expect(phrases.find(wordsOf('A dog bed, a bed and a doghouse')).map((hit) => hit.entry)).toEqual(['dog bed', 'bed']);
    expect(phrases.find(wordsOf('dog dog bed')).map((hit) => hit.entry)).toEqual(['dog', 'dog bed']);
    expect(phrases.find(wordsOf('dog bed'), undefined, 0, 1).map((hit) => hit.entry)).toEqual(['dog']);
  });
});

describe('music', () => {
  test('goes by the artist and by nothing else', () => {
    expect(targets(heard('Big Thief'))).toEqual(['music.rock.indie']);
    expect(targets(heard('BIG THIEF'))).toEqual(['music.rock.indie']);
    expect(targets(heard('Sigur Ros'))).toEqual(['music.rock.progressive']);
    expect(targets(heard('Some unknown band', 'Losing My Religion'))).toEqual([]);
    expect(targets(heard('R.E.M.', 'Losing My Religion'))).toEqual(['music.rock.alternative']);
    expect(targets(heard('Earth, Wind & Fire'))).toEqual(['music.rnb.funk']);
  });
  test('takes several artists apart, with less weight', () => {
    const matches = matcher.match(heard('Daft Punk, Pharrell Williams'));
    expect(matches).toEqual([{ target: 'music.electronic.house', rule: 'lexicon/artist@1', weight: 0.7 }]);
  });
  test('that only families with small children play is closed', () => {
    expect(targets(heard('CoComelon'))).toEqual(['family.children', 'music.children-music']);
  });
});

describe('films and series', () => {
  test('are known by the longest leading part of their name', () => {
    expect(targets(watched('Star Trek: The Next Generation: Season 3: Yesterday’s Enterprise'))).toEqual(['entertainment.fandom.star-trek', 'film.scifi.space-opera']);
    expect(targets(watched('Dark: Staffel 1: Geheimnisse'))).toEqual(['film.scifi.time-travel']);
    expect(targets(watched('The Great British Baking Show: Collection 14: Bread Week', 'The Great British Baking Show'))).toEqual(['film.reality.cooking-show', 'food.cooking.baking']);
    expect(targets(watched('Dune'))).toEqual(['film.scifi.space-opera']);
  });
  test('unknown ones say something only by safe words in their own name, never by an episode’s, but for what is closed', () => {
    expect(targets(watched('Baking Wonderland: Season 1: Pies'))).toEqual(['food.cooking.baking']);
    expect(targets(watched('Garden State of Mind: Season 1: The Ferry', 'Garden State of Mind'))).toEqual([]);
    expect(targets(watched('Garden State of Mind: Season 1: The Wedding', 'Garden State of Mind'))).toEqual(['family.relationships.wedding']);
    expect(targets(watched('Darkness Falls Slowly'))).toEqual([]);
  });
  test('what is closed is seen wherever a thing has words, whatever else is known of it', () => {
    for (const thing of [
      bought('Soft Cotton T-Shirt 2-pack', 'Pregnancy & Maternity'), bought('Soft Cotton T-Shirt 2-pack', 'Sexual Wellness'), watched('Episode 3: Living with cancer', 'The Crown'), watched('Pregnancy yoga', 'Yoga at home'),
      item('podcast', 'Quick dinners', { creator: 'Cooking daily', collection: 'Cancer survivors' }), item('music', 'Song', { creator: 'Coldplay', collection: 'Worship songs for everybody' }), item('search', 'running shoes', { category: 'Pregnancy' }),
    ]) expect([thing.title, matcher.match(thing).every(({ target }) => taxonomy.get(target)?.closed === true && matcher.match(thing).length > 0)]).toEqual([thing.title, true]);
  });
  test('a known title is not sealed by a word in it', () => {
    expect(targets(watched('Casino Royale'))).toEqual(['film.action.spy']);
    expect(targets(watched('Baby Driver'))).toEqual(['film.action']);
  });
  test('neither are people, bands and kitchens called after what is closed', () => {
    const isSealed = (thing: MatchableItem) => matcher.match(thing).some(({ target }) => taxonomy.get(target)?.closed === true);
    for (const thing of [
      item('book', 'Kochen für Freunde', { creator: 'Christian Rach' }), item('music', 'Better Off', { creator: 'Brandy', collection: 'Rehab' }), bought('Aspall Red Wine Vinegar 500 ml'), bought('Treasure Hunting Metal Detector'), bought('Wine-red velvet cushion'),
    ]) expect([thing.title, isSealed(thing)]).toEqual([thing.title, false]);
    for (const thing of [bought('Nicorette® Spray'), bought('Pampers™ Size 3'), bought('Via\u200bgra'), bought('Durex℠ 12 pack'), bought('Huggies Wipes'), item('podcast', 'Monday', { creator: 'Alcoholics Anonymous' })]) expect([thing.title, isSealed(thing)]).toEqual([thing.title, true]);
    for (const thing of [
      item('search', 'painkiller'), item('search', 'queer as folk'), item('search', 'casino'), bought('The Bible'), item('site', 'the l word'), item('search', 'Fifty Shades of Grey: handschellen running shoes'), bought('Heart\u2011burn relief'), bought('Via\u200egra'),
      item('video', 'Marathon training plan', { creator: 'My Pregnancy Journey' }), item('video', '10 minute yoga', { creator: 'Living with Depression' }), item('podcast', 'Easy soup recipes', { creator: 'Fighting Chemo' }), item('podcast', 'Chess openings', { creator: 'Trump Nation' }),
      item('podcast', 'Five easy runs', { creator: 'Sober Running' }), item('book', 'Cooking at home', { creator: 'Diabetes UK' }), item('music', 'Song', { collection: 'Ramadan' }), item('music', 'Song', { collection: 'Chemo playlist' }),
    ]) expect([thing.title, thing.creator, isSealed(thing)]).toEqual([thing.title, thing.creator, true]);
  });
});

describe('products', () => {
  test.each([
    ['KitchenAid Artisan Stand Mixer 4.8 L, Empire Red', ['appliances.mixers', 'brand:KitchenAid', 'food.cooking.baking']],
    ['USB C Cable for iPhone 15, 2m', ['electronics.cables']],
    ['Wüsthof Classic Kochmesser 20 cm', ['brand:Wüsthof', 'food.cooking', 'kitchenware.knives']],
    ['WUESTHOF Messer', []],
    ['Dune (Frank Herbert), Paperback', ['books.speculative.science-fiction', 'learning.reading', 'media.books-paper']],
    ['Glass Vase, dishwasher safe', ['decor.ornaments', 'home.interior']],
    ['Bettwäsche 135x200 Baumwolle', ['decor.bedding', 'home.interior']],
    ['Sac à dos de randonnée 40L', ['outdoor-gear.backpacks', 'outdoors.hiking']],
    ['Zapatillas de running mujer', ['shoes.running-shoes', 'sport.running']],
    ['Phone charm', []],
    ['', []],
  ])('%j', (title, expected) => { expect(targets(bought(title))).toEqual([...expected].sort()); });

  test('a brand at the back is somebody else’s', () => {
    expect(targets(bought('Bluetooth Speaker compatible with Apple'))).not.toContain('brand:Apple');
    expect(targets(bought('Apple Watch Series 9'))).toContain('brand:Apple');
  });
  test('a brand says the department only when nothing better does', () => {
    expect(rulesFor(bought('Makita DHP484Z'), 'tools.power-tools')).toEqual(['lexicon/brand-department@1']);
    expect(rulesFor(bought('Makita cordless drill'), 'tools.power-tools')).toEqual(['lexicon/product@1']);
  });
  test('the shop’s category counts where there is one', () => {
    expect(rulesFor(bought('A walk with no name', 'ABIS_BOOK'), 'media.books-paper')).toEqual(['source/category@1']);
  });
});

describe('closed parts of life', () => {
  test.each([
    ['Clearblue Pregnancy Test, Pack of 2', 'family.pregnancy'], ['Accu-Chek Insulin Pen Needles', 'health.conditions.diabetes'], ['Olive Wood Rosary', 'faith.christianity'], ['The Big Book: AA Meeting Book', 'habits.recovery'],
    ['Divorce for Beginners', 'family.relationships.divorce'], ['Windeln Größe 3', 'family.children.babies'], ['Condoms, 12 pack', 'health.sexual'], ['Gebetsteppich', 'faith.islam'], ['Rotwein trocken', 'habits.alcohol.wine'],
    ['Prueba de embarazo', 'family.pregnancy'], ['Total Money Makeover: get out of debt', 'hardship.debt'], ['Keto Diet Cookbook', 'health.weight'], ['Trans Pride Flag', 'intimacy.gender'], ['AncestryDNA kit', 'heritage.ancestry'],
  ])('%j is sealed', (title, node) => {
    const found = targets(bought(title));
    expect(found).toContain(node);
    for (const target of found) expect(taxonomy.get(target)?.closed, target).toBe(true);
  });
  test('also in podcasts, and in the names of unknown series', () => {
    expect(targets(item('podcast', 'Coping with anxiety', { creator: 'Cooking Hour' }))).toEqual(['health.mental.anxiety']);
    expect(targets(watched('Pregnant at Seventeen: Season 1: Amy'))).toEqual(['family.pregnancy']);
  });
});

test('spoken words: the show says more than an episode', () => {
  const matches = matcher.match(item('podcast', 'A story about chess', { creator: 'The Astronomy Show' }));
  expect(matches.find((match) => match.target === 'science.space')?.weight).toBe(1);
  expect(matches.find((match) => match.target === 'sport.chess')?.weight).toBe(0.4);
  expect(targets(item('audiobook', 'Project Hail Mary'))).toEqual(['books.speculative.science-fiction']);
});

test('the other number of a name is known too, but a shorter single word is another word', () => {
  const number = (title: string): string[] => targets(bought(title)).filter((target) => taxonomy.get(target)?.kind === 'department');
  expect(number('Frying pans, pack of 2')).toEqual(number('Frying pan'));
  expect(number('Phone cases')).toEqual(['electronics.phone-accessories']);
  expect(number('Jean')).toEqual(['clothing.trousers']);
  expect(number('Short story collection')).toEqual([]);
  expect(targets(bought('Pregnancy tests'))).toEqual(['family.pregnancy']);
});

test('who looks for a thing is interested in what it is for, where no subject is named', () => {
  expect(matcher.match(item('search', 'wetsuit sizing'))).toEqual([{ target: 'outdoors.water', rule: 'lexicon/thing@1', weight: 0.8 }, { target: 'outdoor-gear.water-gear', rule: 'lexicon/thing@1', weight: 0.8 }]);
  expect(targets(item('search', 'best running shoes 2024'))).toEqual(['shoes.running-shoes', 'sport.running']);
  // What it may be about to be bought as; that is no interest.
  expect(targets(item('search', 'usb c cable'))).toEqual(['electronics.cables']);
  expect(targets(item('app', 'usb c cable'))).toEqual([]);
  // Even so nothing closed is taken for open.
  expect(targets(item('search', 'baby monitor camera'))).toEqual(['family.children.babies']);
});

test('some words name a subject where people say what they mean, and nothing in the name of a work', () => {
  expect(targets(item('search', 'cat sneezing'))).toEqual(['nature.pets.cats']);
  expect(targets(item('app', 'Guitar Tuner'))).toEqual(['arts.making-music.guitar']);
  for (const title of ['The Cat in the Moonlight', 'A Tent for Two']) for (const kind of ['book', 'audiobook', 'video'] as const) expect(targets(item(kind, title)), title).toEqual([]);
});

test('is quick and never throws, whatever the title', () => {
  const odd = ['\u0000', '\ud800', 'a'.repeat(10_000), ': : :', ',,,', '(((', 'for', 'with for with', '🍞🍞', 'ﷺ', '%s%n', '\n\t'];
  for (const title of odd) for (const kind of ['music', 'podcast', 'audiobook', 'video', 'product'] as const) expect(() => matcher.match(item(kind, title, { creator: title, collection: title, category: title }))).not.toThrow();
  const items = Array.from({ length: 30_000 }, (_, i) => (i % 3 === 0 ? bought(`Brand${i} Stainless Steel Frying Pan ${i} cm, induction`) : i % 3 === 1 ? watched(`Show ${i % 500}: Season 1: Episode ${i}`, `Show ${i % 500}`) : heard(`Artist ${i % 5_000}`, `Song ${i}`)));
  const startedAtMs = performance.now();
  for (const one of items) matcher.match(one);
  const perSecond = (items.length / (performance.now() - startedAtMs)) * 1_000;
  process.stdout.write(`matcher: ${Math.round(perSecond).toLocaleString('en-US')} items/s\n`);
  // Far below what a quiet machine does, so that a busy one does not fail.
  expect(perSecond).toBeGreaterThan(10_000);
});
