/** What is watched on the account of the samples, as Netflix's full viewing activity. */
import { createRandom, csvRow, DAY_MS, FIRST_DAY_MS, HOUR_MS, LAST_DAY_MS, MINUTE_MS, SECOND_MS } from './random.ts';

const HEADER = ['Profile Name', 'Start Time', 'Duration', 'Attributes', 'Title', 'Supplemental Video Type', 'Device Type', 'Bookmark', 'Latest Bookmark', 'Country'] as const;

type Profile = 'Mara' | 'Kids';

/** Watched an episode or two at a time from its week on: `show: season | minutes | episodes`. */
const SERIES: readonly (readonly [profile: Profile, week: number, season: string, minutes: number, episodes: string])[] = [
  // Science fiction.
  ['Mara', 0, 'Dark: Season 1', 51, 'Secrets; Lies; Past and Present; Double Lives; Truths; Sic Mundus Creatus Est; Crossroads; As You Sow, so You Shall Reap; Everything Is Now; Alpha and Omega'],
  ['Mara', 5, 'Dark: Season 2', 56, 'Beginnings and Endings; Dark Matter; Ghosts; The Travelers; Lost and Found; An Endless Cycle; The White Devil; Endings and Beginnings'],
  ['Mara', 12, '3 Body Problem: Season 1', 57, 'Countdown; Red Coast; Destroyer of Worlds; Our Lord; Judgment Day; The Stars Our Destination; Only Advance; Wallfacer'],
  ['Mara', 19, 'Black Mirror: Season 7', 58, 'Common People; Bête Noire; Hotel Reverie; Plaything; Eulogy; USS Callister: Into Infinity'],
  ['Mara', 28, 'Stranger Things: Season 5', 68, 'Chapter One: The Crawl; Chapter Two: The Vanishing of Holly Wheeler; Chapter Three: The Turnbow Trap; Chapter Four: Sorcerer; Chapter Five: Shock Jock; Chapter Six: Escape from Camazotz; Chapter Seven: The Bridge; Chapter Eight: The Rightside Up'],
  ['Mara', 40, 'Altered Carbon: Season 1', 54, 'Out of the Past; Fallen Angel; In a Lonely Place; Force of Evil; The Wrong Man; Man with My Face; Nora Inu; Clash by Night; Rage in Heaven; The Killers'],
  ['Mara', 48, 'Love, Death & Robots: Volume 4', 14, "Can't Stop; Close Encounters of the Mini Kind; Spider Rose; 400 Boys; The Other Large Thing; Golgotha; The Screaming of the Tyrannosaur"],
  ['Mara', 55, 'Travelers: Season 1', 45, 'Travelers; Protocol 6; Aleksander; Hall; Room 101; Helios-685'],
  ['Mara', 66, 'Lost in Space: Season 1', 55, 'Impact; Diamonds in the Sky; Infestation; The Robinsons Were Here; Transmission; Eulogy; Pressurized; Trajectory'],
  ['Mara', 71, 'Pluto: Season 1', 60, 'Episode 1; Episode 2; Episode 3; Episode 4'],
  // Cooking and baking.
  ['Mara', 2, 'The Great British Baking Show: Collection 12', 58, 'Cake Week; Biscuit Week; Bread Week; Caramel Week; Pastry Week; Autumn Week; Desserts Week; The 70s; Patisserie Week; Final'],
  ['Mara', 21, 'The Great British Baking Show: Collection 13', 58, 'Cake Week; Biscuit Week; Bread Week; Back to School Week; Chocolate Week; Pastry Week; Meringue Week; Dessert Week; Patisserie Week; Final'],
  ['Mara', 8, 'Salt Fat Acid Heat: Season 1', 44, 'Fat; Salt; Acid; Heat'],
  ['Mara', 15, "Chef's Table: Volume 7", 46, 'Jamie Oliver; José Andrés; Thomas Keller; Alice Waters'],
  ['Mara', 33, 'Street Food: Asia: Season 1', 31, 'Bangkok, Thailand; Osaka, Japan; Delhi, India; Yogyakarta, Indonesia; Chiayi, Taiwan; Seoul, South Korea; Ho Chi Minh City, Vietnam'],
  ['Mara', 44, 'Nadiya Bakes: Season 1', 29, 'Fresh and Fruity; Chocolate; Comfort; Breads; Showstoppers'],
  ['Mara', 52, 'Culinary Class Wars: Season 1', 66, 'Episode 1; Episode 2; Episode 3; Episode 4; Episode 5; Episode 6; Episode 7; Episode 8'],
  ['Mara', 62, 'Is It Cake?: Season 3', 38, 'Clue\'d In; Bakers on Ice; Cakes Take Flight; Fan Favorites; Cake vs. Cake'],
  ['Mara', 69, "Chef's Table: Pastry: Season 1", 48, 'Christina Tosi; Corrado Assenza; Jordi Roca; Will Goldfarb'],
  ['Mara', 74, 'The Great British Baking Show: Collection 14', 58, 'Cake Week; Biscuit Week; Bread Week; Pastry Week; Chocolate Week'],
  ['Mara', 64, 'Somebody Feed Phil: Season 8', 52, 'Amsterdam; Tbilisi; Sydney and Adelaide; Manila'],
  // Nature and science.
  ['Mara', 4, 'Our Planet: Season 1', 50, 'One Planet; Frozen Worlds; Jungles; Coastal Seas; From Deserts to Grasslands; The High Seas; Fresh Water; Forests'],
  ['Mara', 24, 'Our Planet II: Season 1', 51, 'World on the Move; Following the Sun; The Next Generation; Freedom to Roam'],
  ['Mara', 37, 'Night on Earth: Season 1', 50, 'Moonlit Plains; Frozen Nights; Jungle Nights; Dark Seas; Sleepless Cities; Dusk Till Dawn'],
  ['Mara', 59, 'Life on Our Planet: Season 1', 50, 'The Rules of Life; The First Frontier; Invaders of the Land; In Cold Blood; In the Shadow of Giants'],
  ['Mara', 31, 'Explained: Season 3', 24, 'Sugar; Chess; Dogs; Plastic Surgery'],
  ['Mara', 46, 'Abstract: The Art of Design: Season 1', 45, 'Christoph Niemann: Illustration; Es Devlin: Stage Design; Bjarke Ingels: Architecture; Paula Scher: Graphic Design'],
  // Crime.
  ['Mara', 10, 'The Chestnut Man: Season 1', 55, 'Episode 1; Episode 2; Episode 3; Episode 4; Episode 5; Episode 6'],
  ['Mara', 16, 'Dept. Q: Season 1', 52, 'Episode 1; Episode 2; Episode 3; Episode 4; Episode 5; Episode 6; Episode 7; Episode 8; Episode 9'],
  ['Mara', 35, 'Lupin: Part 1', 47, 'Chapter 1; Chapter 2; Chapter 3; Chapter 4; Chapter 5'],
  ['Mara', 57, 'Young Wallander: Season 1', 46, 'Episode 1; Episode 2; Episode 3; Episode 4; Episode 5; Episode 6'],
  // To laugh.
  ['Mara', 26, 'The Good Place: Season 1', 22, 'Everything Is Fine; Flying; Tahani Al-Jamil; Jason Mendoza; Category 55 Emergency Doomsday Crisis; What We Owe to Each Other; The Eternal Shriek'],
  ['Mara', 60, 'Brooklyn Nine-Nine: Season 1', 22, 'Pilot; The Tagger; The Slump; M.E. Time; The Vulture; Halloween'],
  // The other profile.
  ['Kids', 3, 'Octonauts: Season 1', 11, 'The Whale Shark; The Undersea Storm; The Flying Fish; The Blobfish Brothers; The Speedy Sailfish; The Monster Map; The Lost Sea Star; The Crab and Urchin'],
  ['Kids', 14, "Gabby's Dollhouse: Season 1", 24, 'Hamster Kitties; The Purr-fect Playdate; Mermaid-lantis; Dollhouse Defenders; Kitty School; CatRat\'s Treasure'],
  ['Kids', 23, 'Peppa Pig: Season 5', 5, 'The Fire Engine; Goldie the Fish; Funfair; The Ambulance; Caves; Desert Island; Perfect Day; Masks; Potato City; The Doll Hospital'],
  ['Kids', 38, 'PAW Patrol: Season 6', 22, 'Pups Save the Jungle Penguins; Pups Save a Freighter; Pups Save the Snowshoeing Goodways; Pups Save the Balloon Pups; Pups Save a Giant Chicken'],
  ['Kids', 50, 'Ask the Storybots: Season 1', 24, 'Why Do I Have to Brush My Teeth?; How Does Night Happen?; Where Does Rain Come From?; How Do Ears Hear?; Where Do Planes Fly?'],
  ['Kids', 63, 'Numberblocks: Season 1', 5, 'One; Another One; Two; Three; One, Two, Three!; Four; Five; Three Little Pigs; Off We Go'],
];

/** Films: the evening they were watched, in weeks from the first day, and how long they are. */
const FILMS: readonly (readonly [profile: Profile, week: number, title: string, minutes: number])[] = [
  ['Mara', 1, 'Arrival', 116], ['Mara', 6, 'Interstellar', 169], ['Mara', 9, 'Blade Runner 2049', 163], ['Mara', 13, 'Dune: Part Two', 166], ['Mara', 20, 'Annihilation', 115], ['Mara', 27, 'The Martian', 144],
  ['Mara', 32, 'Ex Machina', 108], ['Mara', 39, 'Leave the World Behind', 141], ['Mara', 47, 'Oxygen', 101], ['Mara', 53, 'Gravity', 91], ['Mara', 61, 'The Midnight Sky', 118], ['Mara', 68, 'Dune', 155], ['Mara', 75, 'Arrival', 116], ['Mara', 77, 'Contact', 150],
  ['Mara', 3, 'My Octopus Teacher', 85], ['Mara', 11, 'David Attenborough: A Life on Our Planet', 83], ['Mara', 18, 'The Dawn Wall', 100], ['Mara', 25, '14 Peaks: Nothing Is Impossible', 101], ['Mara', 36, 'The Alpinist', 93], ['Mara', 42, 'Fantastic Fungi', 81],
  ['Mara', 51, 'Free Solo', 100], ['Mara', 65, 'Mountain Queen: The Summits of Lhakpa Sherpa', 104], ['Mara', 72, 'Our Oceans', 52], ['Mara', 58, 'A Trip to Infinity', 79], ['Mara', 29, 'Unknown: Cosmic Time Machine', 64],
  ['Mara', 7, 'Knives Out', 130], ['Mara', 30, 'Wake Up Dead Man: A Knives Out Mystery', 144], ['Mara', 34, 'Julie & Julia', 123], ['Mara', 56, 'The Grand Budapest Hotel', 100], ['Mara', 70, 'Enola Holmes 2', 129], ['Mara', 43, 'Society of the Snow', 144], ['Mara', 49, 'Little Miss Sunshine', 102],
  ['Kids', 17, 'Klaus', 97], ['Kids', 31, 'The Sea Beast', 115], ['Kids', 41, 'Paddington', 95], ['Kids', 54, 'Ratatouille', 111], ['Kids', 67, 'Orion and the Dark', 93], ['Kids', 73, 'The Mitchells vs. the Machines', 113],
];

/** What the start page played by itself, and trailers: not watched, and to be left out. */
const TEASERS: readonly (readonly [title: string, type: 'HOOK' | 'TRAILER' | 'TEASER_TRAILER' | 'CINEMAGRAPH'])[] = [
  ['The Electric State_hook_primary_16x9', 'HOOK'], ['Squid Game_hook_01_16x9', 'HOOK'], ['Bridgerton: Season 4 (Trailer)', 'TRAILER'], ['Frankenstein (Teaser)', 'TEASER_TRAILER'], ['Love Is Blind: Germany_hook_02_16x9', 'HOOK'],
  ['The Witcher: Season 4 (Trailer)', 'TRAILER'], ['Wednesday: Season 2 (Teaser)', 'TEASER_TRAILER'], ['Emily in Paris_hook_primary_16x9', 'HOOK'], ['Formula 1: Drive to Survive: Season 8 (Trailer)', 'TRAILER'], ['Our Oceans_cinemagraph_01', 'CINEMAGRAPH'],
];

interface View { readonly atMs: number; readonly profile: Profile; readonly title: string; readonly lengthMs: number; readonly watchedMs: number; readonly type: string }

const two = (n: number): string => String(n).padStart(2, '0');
/** H:MM:SS with two digits for the hour. */
const clock = (ms: number): string => `${two(Math.floor(ms / HOUR_MS))}:${two(Math.floor(ms / MINUTE_MS) % 60)}:${two(Math.floor(ms / SECOND_MS) % 60)}`;
const stamp = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');

/** `ViewingActivity.csv`, newest first. */
export function makeNetflixActivity(seed: number): string {
  const random = createRandom(seed);
  const views: View[] = [];
  const evening = (profile: Profile): number => (profile === 'Kids' ? 15 : 18) * HOUR_MS + random.whole(0, 110) * MINUTE_MS + random.whole(0, 59) * SECOND_MS;
  const watch = (atMs: number, profile: Profile, title: string, minutes: number): void => {
    if (atMs > LAST_DAY_MS + DAY_MS) return;
    const lengthMs = minutes * MINUTE_MS + random.whole(0, 110) * SECOND_MS;
    // Now and then somebody falls asleep, or presses play by mistake and tries again.
    if (random.chance(0.05)) views.push({ atMs: atMs - 90 * SECOND_MS, profile, title, lengthMs, watchedMs: random.whole(4, 55) * SECOND_MS, type: '' });
    views.push({ atMs, profile, title, lengthMs, watchedMs: random.chance(0.08) ? Math.floor(lengthMs * 0.6) : lengthMs - random.whole(5, 80) * SECOND_MS, type: '' });
  };

  for (const [profile, week, season, minutes, episodes] of SERIES) {
    let dayMs = FIRST_DAY_MS + week * 7 * DAY_MS + random.whole(0, 3) * DAY_MS;
    let atMs = dayMs + evening(profile);
    let inARow = 0;
    episodes.split('; ').forEach((name, i) => {
      watch(atMs, profile, `${season}: ${name} (Episode ${i + 1})`, minutes);
      if (inARow < 2 && minutes < 60 && random.chance(profile === 'Kids' ? 0.6 : 0.35)) {
        inARow++;
        atMs += (minutes + 1) * MINUTE_MS;
      } else {
        inARow = 0;
        dayMs += random.whole(1, 4) * DAY_MS;
        atMs = dayMs + evening(profile);
      }
    });
  }
  for (const [profile, week, title, minutes] of FILMS) watch(FIRST_DAY_MS + week * 7 * DAY_MS + random.whole(4, 6) * DAY_MS + evening(profile), profile, title, minutes);
  for (const [title, type] of TEASERS) {
    for (let n = random.whole(1, 3); n > 0; n--) {
      const lengthMs = random.whole(20, 130) * SECOND_MS;
      views.push({ atMs: FIRST_DAY_MS + random.whole(0, 540) * DAY_MS + evening('Mara'), profile: 'Mara', title, lengthMs, watchedMs: Math.min(lengthMs, random.whole(2, 60) * SECOND_MS), type });
    }
  }

  const rows = views.sort((a, b) => b.atMs - a.atMs || (a.title < b.title ? -1 : 1)).map((view, i, all) => {
    const bookmark = clock(view.watchedMs);
    const seenLater = all.slice(0, i).some(({ title, profile, type }) => type === '' && title === view.title && profile === view.profile);
    return csvRow([
      view.profile, stamp(view.atMs), clock(view.watchedMs),
      view.type !== '' ? 'Autoplayed: user action: None; ' : random.chance(0.2) ? 'Autoplayed: user action: User_Interaction; ' : '',
      view.title, view.type, view.profile === 'Kids' ? 'Apple iPad Air 4th Gen (Wi-Fi) iPad' : random.pick(['LG 2021 OLED Smart TV', 'LG 2021 OLED Smart TV', 'Firefox MAC', 'Google Pixel 8 Android Phone']),
      bookmark, view.type !== '' || seenLater ? 'Not latest view' : bookmark, 'DE (Germany)',
    ]);
  });
  return `${[csvRow(HEADER), ...rows].join('\n')}\n`;
}
