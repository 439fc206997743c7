/** What the person of the samples listens to, as a Spotify extended streaming history. */
import { createRandom, DAY_MS, FIRST_DAY_MS, HOUR_MS, LAST_DAY_MS, SECOND_MS, type Random } from './random.ts';

/** How often an artist is put on, then `artist | album | track; track` for each record. */
const SHELVES: readonly (readonly [weight: number, records: string])[] = [
  // Indie rock, most of all.
  [9, 'Big Thief | Dragon New Warm Mountain I Believe in You | Simulation Swarm; Certainty; Change; Spud Infinity; Red Moon'],
  [8, 'The National | High Violet | Bloodbuzz Ohio; Terrible Love; England; Sorrow'],
  [7, 'Phoebe Bridgers | Punisher | Kyoto; Garden Song; I Know the End; Graceland Too'],
  [7, 'Alvvays | Blue Rev | Pharmacist; Easy On Your Own?; After The Earthquake; Belinda Says'],
  [6, 'The War on Drugs | Lost in the Dream | Red Eyes; Under the Pressure; An Ocean in Between the Waves'],
  [6, "The War on Drugs | I Don't Live Here Anymore | I Don't Live Here Anymore; Harmonia's Dream; Living Proof"],
  [6, 'Wet Leg | Wet Leg | Chaise Longue; Wet Dream; Ur Mum; Angelica'],
  [6, 'Fontaines D.C. | Romance | Favourite; Starburster; In The Modern World; Bug'],
  [5, 'Arctic Monkeys | AM | Do I Wanna Know?; R U Mine?; Arabella; Snap Out Of It'],
  [5, 'boygenius | the record | Not Strong Enough; Cool About It; $20; True Blue'],
  [5, 'Courtney Barnett | Sometimes I Sit and Think, and Sometimes I Just Sit | Pedestrian at Best; Depreston; Elevator Operator'],
  [5, 'MJ Lenderman | Manning Fireworks | She\'s Leaving You; Wristwatch; Joker Lips'],
  [4, 'Tame Impala | Currents | The Less I Know The Better; Let It Happen; Eventually'],
  [4, 'Arcade Fire | The Suburbs | The Suburbs; Ready to Start; Sprawl II (Mountains Beyond Mountains)'],
  [4, 'Japanese Breakfast | Jubilee | Be Sweet; Paprika; Posing In Bondage'],
  [4, 'Wolf Alice | Blue Weekend | The Last Man on the Earth; How Can I Make It OK?; Smile'],
  [3, 'Vampire Weekend | Father of the Bride | Harmony Hall; This Life; Sunflower'],
  [3, 'Interpol | Turn On The Bright Lights | Obstacle 1; NYC; PDA'],
  [3, 'The Beths | Expert In A Dying Field | Expert In A Dying Field; Silence Is Golden; Knees Deep'],
  [3, 'Waxahatchee | Tigers Blood | Right Back to It; Bored; Evil Spawn'],
  [3, 'Death Cab for Cutie | Transatlanticism | The Sound of Settling; Transatlanticism; Title and Registration'],
  [2, 'The Strokes | Is This It | Someday; Last Nite; Hard to Explain'],
  [2, 'Tocotronic | Kapitulation | Kapitulation; Mein Ruin; Imitationen'],
  [2, 'AnnenMayKantereit | Alles Nix Konkretes | Barfuß am Klavier; Pocahontas; Oft gefragt'],
  [2, 'Von Wegen Lisbeth | Grande | Meine Kneipe; Wenn du tanzt; Chérie'],
  [3, 'Radiohead | In Rainbows | Weird Fishes / Arpeggi; Reckoner; Nude; Jigsaw Falling Into Place'],
  [2, 'R.E.M. | Automatic For The People | Nightswimming; Man On The Moon; Find The River'],
  [2, 'PJ Harvey | Stories From The City, Stories From The Sea | Good Fortune; This Is Love; Big Exit'],
  // Folk for the mountains and the kitchen.
  [7, 'Fleet Foxes | Fleet Foxes | White Winter Hymnal; Ragged Wood; He Doesn\'t Know Why; Blue Ridge Mountains'],
  [6, 'Fleet Foxes | Shore | Can I Believe You; Sunblind; Featherweight'],
  [6, 'Bon Iver | For Emma, Forever Ago | Skinny Love; Flume; re: stacks; For Emma'],
  [5, 'Adrianne Lenker | songs | anything; not a lot, just forever; dragon eyes'],
  [5, 'Sufjan Stevens | Carrie & Lowell | Fourth of July; Should Have Known Better; Death with Dignity'],
  [4, 'José González | Veneer | Heartbeats; Crosses; Slow Moves'],
  [4, 'Iron & Wine | The Shepherd\'s Dog | Flightless Bird, American Mouth; Boy With a Coin; Resurrection Fern'],
  [4, 'Gregory Alan Isakov | This Empty Northern Hemisphere | Big Black Car; Dandelion Wine; If I Go, I\'m Goin'],
  [3, 'Nick Drake | Pink Moon | Pink Moon; Place to Be; Which Will'],
  [3, 'Laura Marling | Once I Was An Eagle | Master Hunter; Take the Night Off; Where Can I Go?'],
  [3, 'The Tallest Man on Earth | The Wild Hunt | King of Spain; Burden of Tomorrow; Love Is All'],
  [3, 'Lord Huron | Strange Trails | The Night We Met; Meet Me in the Woods; Fool for Love'],
  [2, 'Elliott Smith | Either/Or | Between the Bars; Say Yes; Angeles'],
  [3, 'Gillian Welch | Time (The Revelator) | Everything Is Free; Revelator; I Want To Sing That Rock And Roll'],
  [2, 'Wilco | Yankee Hotel Foxtrot | Jesus, Etc.; Heavy Metal Drummer; I Am Trying to Break Your Heart'],
  // Softer pop beside it.
  [3, 'First Aid Kit | The Lion\'s Roar | Emmylou; The Lion\'s Roar; Wolf'],
  [3, 'Weyes Blood | Titanic Rising | Andromeda; Movies; Everyday'],
  [3, 'Khruangbin | Con Todo El Mundo | Maria También; Evan Finds The Third Room; Friday Morning'],
  [2, 'Feist | The Reminder | 1234; I Feel It All; My Moon My Man'],
  [2, 'Belle and Sebastian | If You\'re Feeling Sinister | Get Me Away From Here, I\'m Dying; Seeing Other People; Judy and the Dream of Horses'],
  [2, 'Beach House | Depression Cherry | Space Song; Sparks; PPP'],
  // Some jazz on Sunday mornings.
  [4, 'Bill Evans Trio | Waltz For Debby | Waltz For Debby; My Foolish Heart; Some Other Time'],
  [4, 'Miles Davis | Kind of Blue | So What; Blue in Green; Freddie Freeloader; All Blues'],
  [3, 'John Coltrane | Blue Train | Blue Train; Moment\'s Notice; Lazy Bird'],
  [2, 'Chet Baker | Chet Baker Sings | I Fall In Love Too Easily; But Not For Me; My Funny Valentine'],
  [3, 'GoGo Penguin | v2.0 | Hopopono; Garden Dog Barbecue; Murmuration'],
  [3, 'Nubya Garcia | SOURCE | Pace; Source; Stand With Each Other'],
  [2, 'Portico Quartet | Knee-Deep in the North Sea | News From Verona; Zavodovski Island; Steps in the Wrong Direction'],
  // Electronic music for work.
  [4, 'Bonobo | Migration | Kerala; Migration; Break Apart; Bambro Koyo Ganda'],
  [4, 'Tycho | Dive | A Walk; Dive; Hours'],
  [4, 'Jon Hopkins | Singularity | Emerald Rush; Luminous Beings; Feel First Life'],
  [3, 'Four Tet | Sixteen Oceans | Baby; Teenage Birdsong; Love Salad'],
  [3, 'Kiasmos | Kiasmos | Looped; Swept; Thrown'],
  [2, 'Caribou | Suddenly | Home; You and I; Never Come Back'],
  [2, 'Moderat | II | Bad Kingdom; Gita; Milk'],
  [2, 'Boards of Canada | Music Has The Right To Children | Roygbiv; Olson; Aquarius'],
  [2, 'Brian Eno | Ambient 1: Music For Airports | 1/1; 2/1; 1/2'],
  [3, 'Nils Frahm | Spaces | Says; Hammers; Over There, It\'s Raining'],
  [2, 'Ólafur Arnalds | re:member | re:member; saman; nyepi'],
  // Scores of films that were seen.
  [2, 'Hans Zimmer | Interstellar (Original Motion Picture Soundtrack) | Cornfield Chase; No Time for Caution; Mountains'],
  [2, 'Jóhann Jóhannsson | Arrival (Original Motion Picture Soundtrack) | Heptapod B; Kangaru; First Encounter'],
];

/** Shows that exist; what their episodes are called is made up. */
const PODCASTS: readonly (readonly [show: string, episodes: readonly string[]])[] = [
  ['Gastropod', ['The Secret Life of Sourdough', 'Why We Salt', 'Fermentation Nation', 'The Great Potato Voyage', 'Cold Chain: How Ice Changed Cooking', 'The Pastry That Crossed the Alps']],
  ['Home Cooking', ['In Search of a Better Noodle', 'The Case for Cooking Badly', 'What Makes a Recipe Work?', 'Bread for Impatient People']],
  ['Radiolab', ['The Weight of a Shadow', 'Gravity and Other Habits', 'A Song for the Deep', 'The Last Glacier Keeper']],
  ['StarTalk Radio', ['Cosmic Queries: What Falls into Black Holes?', 'The Physics of Science Fiction', 'Cosmic Queries: Moons of the Outer Solar System', 'First Galaxies: What James Webb Saw']],
  ['Science Vs', ['Mushrooms: Fun Guys?', 'Do Plants Talk?', 'Running: Are Your Knees Fine?']],
];
const AUDIOBOOK = { title: 'Project Hail Mary', chapters: 32 };

interface Track { readonly weight: number; readonly artist: string; readonly album: string; readonly title: string; readonly uri: string; readonly lengthMs: number }

const BASE62 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const spotifyId = (random: Random): string => random.text(22, BASE62);

function readShelves(random: Random): Track[] {
  return SHELVES.flatMap(([weight, record]) => {
    const [artist = '', album = '', titles = ''] = record.split(' | ');
    // The first track of a record is the favourite.
    return titles.split('; ').map((title, i, all) => ({ weight: (weight / all.length) * (i === 0 ? 1.6 : 1), artist, album, title, uri: `spotify:track:${spotifyId(random)}`, lengthMs: random.whole(165, 345) * SECOND_MS + random.whole(0, 999) }));
  });
}

/** What one listen is about; everything a kind of listen has no use for is null, as in the real file. */
interface Content {
  readonly master_metadata_track_name: string | null;
  readonly master_metadata_album_artist_name: string | null;
  readonly master_metadata_album_album_name: string | null;
  readonly spotify_track_uri: string | null;
  readonly episode_name: string | null;
  readonly episode_show_name: string | null;
  readonly spotify_episode_uri: string | null;
  readonly audiobook_title: string | null;
  readonly audiobook_uri: string | null;
  readonly audiobook_chapter_uri: string | null;
  readonly audiobook_chapter_title: string | null;
}
const NOTHING: Content = {
  master_metadata_track_name: null, master_metadata_album_artist_name: null, master_metadata_album_album_name: null, spotify_track_uri: null,
  episode_name: null, episode_show_name: null, spotify_episode_uri: null,
  audiobook_title: null, audiobook_uri: null, audiobook_chapter_uri: null, audiobook_chapter_title: null,
};

/** One element of the file, in the order of its keys there. */
interface Play extends Content {
  readonly ts: string;
  readonly platform: string;
  readonly ms_played: number;
  readonly conn_country: string;
  readonly ip_addr: string;
  readonly reason_start: string;
  readonly reason_end: string;
  readonly shuffle: boolean;
  readonly skipped: boolean;
  readonly offline: boolean;
  readonly offline_timestamp: number | null;
  readonly incognito_mode: boolean;
}

const iso = (atMs: number): string => new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** Days on a hut-to-hut walk abroad: music comes from the phone, offline. */
const WALKS: readonly { readonly fromMs: number; readonly toMs: number; readonly country: string }[] = [
  { fromMs: Date.UTC(2025, 7, 9), toMs: Date.UTC(2025, 7, 17), country: 'AT' },
  { fromMs: Date.UTC(2026, 5, 27), toMs: Date.UTC(2026, 6, 5), country: 'IT' },
];

/** `Streaming_History_Audio_2025-2026_0.json`: one array, one element per line, oldest first. */
export function makeSpotifyHistory(seed: number): string {
  const random = createRandom(seed);
  const tracks = readShelves(random);
  const episodes = PODCASTS.flatMap(([show, names]) => names.map((name) => ({ show, name, uri: `spotify:episode:${spotifyId(random)}`, lengthMs: random.whole(28, 58) * 60 * SECOND_MS })));
  const bookUri = `spotify:show:${spotifyId(random)}`;
  const plays: Play[] = [];
  let chapter = 0;

  for (let dayMs = FIRST_DAY_MS; dayMs <= LAST_DAY_MS; dayMs += DAY_MS) {
    const weekend = [0, 6].includes(new Date(dayMs).getUTCDay());
    const walk = WALKS.find(({ fromMs, toMs }) => dayMs >= fromMs && dayMs < toMs);
    const hours = [weekend ? 8 : 5.5, 12, 17].filter((_, i) => random.chance([weekend ? 0.42 : 0.23, 0.1, weekend ? 0.34 : 0.27][i] ?? 0));
    for (const hour of hours) {
      let endMs = dayMs + hour * HOUR_MS + random.whole(0, 100) * 60 * SECOND_MS + random.whole(0, 59) * SECOND_MS;
      const incognito = random.chance(0.02);
      const where = {
        platform: walk ? 'android' : random.pick(['android', 'android', 'osx', 'web_player windows 10;firefox 139.0;desktop']),
        conn_country: walk?.country ?? 'DE',
        ip_addr: `203.0.113.${walk ? random.whole(100, 120) : random.pick([17, 17, 17, 42])}`,
      };
      const add = (content: Content, lengthMs: number, more: { readonly shuffle: boolean; readonly first: boolean; readonly last: boolean }): void => {
        const skipped = random.chance(0.06);
        const playedMs = skipped ? random.whole(2_000, 28_000) : lengthMs;
        const offline = walk !== undefined && random.chance(0.8);
        const startMs = endMs + random.whole(0, 2) * SECOND_MS;
        endMs = startMs + playedMs;
        plays.push({
          ts: iso(endMs), platform: where.platform, ms_played: playedMs, conn_country: where.conn_country, ip_addr: where.ip_addr, ...content,
          reason_start: more.first ? 'clickrow' : 'trackdone', reason_end: skipped ? 'fwdbtn' : more.last ? 'endplay' : 'trackdone',
          shuffle: more.shuffle, skipped, offline, offline_timestamp: offline ? Math.floor(startMs / SECOND_MS) : null, incognito_mode: incognito,
        });
      };

      const kind = random.next();
      if (kind < 0.11) {
        const episode = random.pick(episodes);
        add({ ...NOTHING, episode_name: episode.name, episode_show_name: episode.show, spotify_episode_uri: episode.uri }, episode.lengthMs, { shuffle: false, first: true, last: true });
        continue;
      }
      if (kind < 0.19 && chapter < AUDIOBOOK.chapters && dayMs > Date.UTC(2026, 0, 6)) {
        chapter++;
        add({
          ...NOTHING, audiobook_title: AUDIOBOOK.title, audiobook_uri: bookUri, audiobook_chapter_uri: `spotify:episode:${spotifyId(random)}`, audiobook_chapter_title: `Chapter ${chapter}`,
        }, random.whole(22, 41) * 60 * SECOND_MS, { shuffle: false, first: true, last: true });
        continue;
      }
      // Either one record in a row or this and that.
      const one = random.chance(0.35) ? random.weighted(tracks).album : null;
      const shelf = one === null ? tracks : tracks.filter(({ album }) => album === one);
      const many = one === null ? random.whole(4, 9) : shelf.length;
      for (let i = 0; i < many; i++) {
        const track = one === null ? random.weighted(shelf) : shelf[i] ?? random.pick(shelf);
        add({
          ...NOTHING, master_metadata_track_name: track.title, master_metadata_album_artist_name: track.artist, master_metadata_album_album_name: track.album, spotify_track_uri: track.uri,
        }, track.lengthMs, { shuffle: one === null, first: i === 0, last: i === many - 1 });
      }
    }
  }
  return `[\n${plays.map((play) => JSON.stringify(inFileOrder(play))).join(',\n')}\n]\n`;
}

/** The keys of the export, in its order. */
function inFileOrder(play: Play): Play {
  const { ts, platform, ms_played, conn_country, ip_addr, reason_start, reason_end, shuffle, skipped, offline, offline_timestamp, incognito_mode, ...content } = play;
  return { ts, platform, ms_played, conn_country, ip_addr, ...content, reason_start, reason_end, shuffle, skipped, offline, offline_timestamp, incognito_mode };
}
