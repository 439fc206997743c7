/** What the demo shop sells: every product tagged with the vault's taxonomy nodes and IAB Content Taxonomy 3.1 ids. */

export type Band = 'low' | 'middle' | 'high';
export type Kind = 'book' | 'film' | 'record' | 'kitchen' | 'outdoor' | 'home' | 'game' | 'craft' | 'tech' | 'wear';

export interface Product {
  readonly id: string;
  readonly title: string;
  readonly maker: string;
  readonly kind: Kind;
  /** Minor units of the euro. */
  readonly priceMinor: number;
  readonly band: Band;
  /** Department node, for price bands and purchase intents. */
  readonly department: string;
  /** Interest and genre nodes, as fine as they come. */
  readonly nodes: readonly string[];
  readonly iab: readonly string[];
  readonly blurb: string;
}

/** In the order every visitor sees: by sales. */
export const CATALOGUE: readonly Product[] = [
  { id: 'p01', title: 'Wireless headphones', maker: 'Halden', kind: 'tech', priceMinor: 14_900, band: 'middle', department: 'electronics.headphones', nodes: ['technology.gadgets.audio'], iab: ['634'], blurb: 'Closed, quiet, thirty hours.' },
  { id: 'p02', title: 'The Long Quarter', maker: 'I. Marsh', kind: 'book', priceMinor: 1_400, band: 'low', department: 'media.books-paper', nodes: ['books.nonfiction.business-books', 'learning.work.leadership'], iab: ['52', '76'], blurb: 'How patient companies last.' },
  { id: 'p03', title: 'Trail running shoes', maker: 'Fjellrev', kind: 'wear', priceMinor: 12_500, band: 'middle', department: 'shoes.running-shoes', nodes: ['sport.running.trail-running', 'outdoors.hiking'], iab: ['227'], blurb: 'Grip for wet rock, light for long days.' },
  { id: 'p04', title: 'Smart bulb, set of three', maker: 'Lumen', kind: 'home', priceMinor: 3_900, band: 'low', department: 'electronics.smart-home', nodes: ['home.smart', 'home.interior.lighting'], iab: ['277', '283'], blurb: 'Warm by night, bright by day.' },
  { id: 'p05', title: 'Orbital Decay', maker: 'Blu-ray', kind: 'film', priceMinor: 1_900, band: 'middle', department: 'media.discs', nodes: ['film.scifi.space-opera', 'film.scifi'], iab: ['652'], blurb: 'A station, a silence, a last transmission.' },
  { id: 'p06', title: 'Yoga mat, cork', maker: 'Asana & Co', kind: 'outdoor', priceMinor: 6_900, band: 'middle', department: 'sports-gear.yoga-gear', nodes: ['movement.yoga', 'movement.home-training'], iab: ['225'], blurb: 'Holds when hands get warm.' },
  { id: 'p07', title: 'Harbour Lights', maker: 'The Night Ferries', kind: 'record', priceMinor: 2_600, band: 'middle', department: 'media.records', nodes: ['music.rock.indie', 'arts.vinyl'], iab: ['365', '261'], blurb: 'Indie rock on 180 g vinyl.' },
  { id: 'p08', title: 'Tower of Salt', maker: 'Kestrel Games', kind: 'game', priceMinor: 4_500, band: 'middle', department: 'hobby-games.board-games', nodes: ['games.board.strategy-board', 'games.board'], iab: ['270'], blurb: 'Trade, build, betray. Two to five players.' },
  { id: 'p09', title: 'Merino base layer', maker: 'Fjellrev', kind: 'wear', priceMinor: 7_900, band: 'middle', department: 'clothing.sportswear', nodes: ['style.clothes.outdoorwear', 'outdoors.winter'], iab: ['577'], blurb: 'Warm when damp, fresh after a week.' },
  { id: 'p10', title: 'Proofing basket and lame', maker: 'Mill Street', kind: 'kitchen', priceMinor: 2_800, band: 'middle', department: 'kitchenware.bakeware', nodes: ['food.cooking.bread', 'food.cooking.baking'], iab: ['217', '216'], blurb: 'For loaves that stand up straight.' },
  { id: 'p11', title: 'A Quiet Verdict', maker: 'H. Lindqvist', kind: 'book', priceMinor: 1_200, band: 'low', department: 'media.books-paper', nodes: ['books.mystery.crime-novels', 'film.crime.nordic-noir', 'books.mystery.thrillers'], iab: ['331'], blurb: 'Snow, a lighthouse, and one witness too many.' },
  { id: 'p12', title: 'Two-person tent, 1.6 kg', maker: 'Northline', kind: 'outdoor', priceMinor: 38_900, band: 'high', department: 'outdoor-gear.camping-gear', nodes: ['outdoors.camping', 'outdoors.hiking.longdistance', 'outdoors.hiking'], iab: ['677', '542'], blurb: 'Stands in four minutes, also in wind.' },
  { id: 'p13', title: 'Blue Hour Sessions', maker: 'Amara Lind Trio', kind: 'record', priceMinor: 2_400, band: 'middle', department: 'media.records', nodes: ['music.jazz.modern-jazz', 'music.jazz.classic-jazz', 'arts.vinyl'], iab: ['357', '261'], blurb: 'Piano jazz, recorded in one room.' },
  { id: 'p14', title: 'Burr grinder', maker: 'Torrefa', kind: 'kitchen', priceMinor: 21_900, band: 'high', department: 'appliances.grinders', nodes: ['food.coffee.espresso', 'food.coffee.filter', 'food.coffee'], iab: ['222'], blurb: 'Forty steps from filter to espresso.' },
  { id: 'p15', title: 'Sock wool, hand-dyed', maker: 'Heather Lane', kind: 'craft', priceMinor: 1_900, band: 'low', department: 'craft-supplies.yarn', nodes: ['crafts.knitting'], iab: ['253'], blurb: 'One skein, one pair of socks.' },
  { id: 'p16', title: 'Dust and Orchards', maker: 'M. Okafor', kind: 'book', priceMinor: 1_600, band: 'middle', department: 'media.books-paper', nodes: ['books.speculative.science-fiction', 'books.speculative.dystopian', 'books.speculative'], iab: ['652'], blurb: 'Farming Mars, three generations on.' },
  { id: 'p17', title: 'Carbon steel pan, 28 cm', maker: 'Mill Street', kind: 'kitchen', priceMinor: 6_400, band: 'middle', department: 'kitchenware.cookware', nodes: ['food.cooking', 'food.cooking.world'], iab: ['216'], blurb: 'Gets better every week.' },
  { id: 'p18', title: 'Field guide to garden birds', maker: 'R. Whitlock', kind: 'book', priceMinor: 2_200, band: 'middle', department: 'media.books-paper', nodes: ['nature.birds', 'books.nonfiction.nature-books', 'nature.wildlife'], iab: ['259'], blurb: 'Two hundred voices and who they belong to.' },
  { id: 'p19', title: 'Film camera, 35 mm', maker: 'Reval', kind: 'tech', priceMinor: 29_900, band: 'high', department: 'electronics.cameras', nodes: ['arts.photography.film-photography', 'arts.photography'], iab: ['255'], blurb: 'Thirty-six chances, no screen.' },
  { id: 'p20', title: 'Sunday Baking', maker: 'Ines Carreira', kind: 'book', priceMinor: 3_200, band: 'high', department: 'media.books-paper', nodes: ['books.cookbooks.baking-books', 'food.cooking.baking'], iab: ['217', '216'], blurb: 'Eighty bakes for slow mornings.' },
  { id: 'p21', title: 'The Fallow Deer', maker: 'Documentary', kind: 'film', priceMinor: 1_500, band: 'low', department: 'media.discs', nodes: ['film.documentary.nature', 'nature.wildlife', 'film.documentary'], iab: ['332', 'VKIV56'], blurb: 'A year in one forest clearing.' },
  { id: 'p22', title: 'Seed box, heirloom vegetables', maker: 'Allotment', kind: 'home', priceMinor: 2_400, band: 'middle', department: 'gardening.plants-seeds', nodes: ['garden.vegetables', 'garden.herbs'], iab: ['275'], blurb: 'Twelve old sorts, one sowing calendar.' },
  { id: 'p23', title: 'Night Circuit', maker: 'Voltage Club', kind: 'record', priceMinor: 2_300, band: 'middle', department: 'media.records', nodes: ['music.electronic.techno', 'music.electronic.house', 'arts.vinyl'], iab: ['351'], blurb: 'Techno for empty motorways.' },
  { id: 'p24', title: 'Rail across Europe', maker: 'J. Brandt', kind: 'book', priceMinor: 2_000, band: 'middle', department: 'media.books-paper', nodes: ['travel.rail', 'travel.places.europe', 'books.guides.travel-guides'], iab: ['669', '659'], blurb: 'Forty journeys, no airports.' },
];
