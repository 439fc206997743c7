/** What the person of the samples buys, as the order history of Amazon's export of 2026. Addresses, payments, gifts and parcels are made up. */
import { createRandom, csvRow, DAY_MS, FIRST_DAY_MS, HOUR_MS, SECOND_MS } from './random.ts';

const HEADER = [
  'ASIN', 'Billing Address', 'Carrier Name & Tracking Number', 'Currency', 'Gift Message', 'Gift Recipient Contact', 'Gift Sender Name', 'Item Serial Number', 'Order Date', 'Order ID',
  'Order Status', 'Original Quantity', 'Payment Method Type', 'Product Condition', 'Product Name', 'Purchase Order Number', 'Ship Date', 'Shipment Item Subtotal', 'Shipment Item Subtotal Tax',
  'Shipment Status', 'Shipping Address', 'Shipping Charge', 'Shipping Option', 'Total Amount', 'Total Discounts', 'Unit Price', 'Unit Price Tax', 'Website',
] as const;

/** One order: the week it was made in, then its lines as `price product`, `2x price product` for two of one, `! price product` for what was cancelled. */
type Order = readonly [week: number, ...lines: string[]];

const ORDERS: readonly Order[] = [
  // Baking and the kitchen.
  [0, '12.99 Dr. Oetker Loaf Pan 25 cm, Non-Stick Bread Baking Tin'],
  [1, '21.49 Round Banneton Proofing Basket Set, 2 Rattan Bread Proving Baskets with Linen Liner', '9.99 Dough Scraper Set, Stainless Steel Bench Scraper'],
  [2, '5.49 Bauckhof Organic Wholemeal Rye Flour, 1 kg', '2x 3.29 Spielberger Organic Strong Bread Flour, 1 kg'],
  [3, '29.95 Tartine Bread (Chad Robertson), Hardcover'],
  [6, '549.00 KitchenAid Artisan Stand Mixer 4.8 L, Almond Cream'],
  [7, '49.90 OXO Good Grips Digital Kitchen Scale with Pull-Out Display'],
  [9, '14.99 Silicone Baking Mat, Set of 3 Reusable Baking Sheets'],
  [12, '239.00 Le Creuset Signature Cast Iron Round Casserole 24 cm, Cerise'],
  [14, '11.99 Rolling Pin, Beech Wood, 43 cm'],
  [17, '27.99 Salt, Fat, Acid, Heat: Mastering the Elements of Good Cooking (Samin Nosrat)'],
  [20, '16.95 Microplane Premium Classic Zester Grater', '6.99 KitchenAid Measuring Spoons, Set of 5'],
  [22, '34.99 Nordic Ware Bundt Pan Original, 12 Cup'],
  [24, '19.99 Springform Cake Tin 26 cm with Flat Base', '7.49 Vanilla Extract, Madagascar, 100 ml'],
  [26, '25.00 Cookie Cutter Set, 12 Christmas Cookie Cutters', '8.99 Baking Parchment Paper Sheets, 200 Pieces'],
  [27, '13.90 Ground Ceylon Cinnamon, 250 g', '9.90 Organic Dark Chocolate Couverture for Baking 70%, 500 g'],
  [29, '79.95 ZWILLING Pro Chef\'s Knife 20 cm'],
  [31, '24.99 Flour Water Salt Yeast: The Fundamentals of Artisan Bread and Pizza (Ken Forkish)'],
  [33, '44.90 Cast Iron Skillet, Lodge 26 cm Pre-Seasoned Frying Pan'],
  [36, '22.99 Ottolenghi SIMPLE (Yotam Ottolenghi), Hardcover'],
  [37, '42.00 Le Creuset Stoneware Pie Dish 26 cm'],
  [38, '17.99 Wide Mouth Mason Jars with Fermentation Airlock Lids, 3 x 1 L'],
  [41, '54.95 Emile Henry Pizza Stone for Oven and Grill'],
  [43, '12.49 Piping Bag and Nozzle Set, 26 Pieces'],
  [45, '4.99 Dry Yeast for Bread, 10 Sachets', '6.79 Caputo Pizza Flour Tipo 00, 1 kg'],
  [47, '15.99 Instant-Read Digital Kitchen Thermometer'],
  [50, '28.50 Dessert Person: Recipes and Guidance for Baking with Confidence (Claire Saffitz)'],
  [53, '89.00 Marcato Atlas 150 Pasta Maker'],
  [56, '23.99 Mortar and Pestle, Granite'],
  [59, '19.95 Glass Food Storage Containers, Set of 5'],
  [62, '39.95 ZWILLING Cutting Board, Bamboo'],
  [64, '129.00 KitchenAid Hand Blender Cordless, Almond Cream'],
  [67, '10.99 Bread Lame Scoring Knife with 6 Blades', '21.99 Oval Banneton Proofing Basket 25 cm'],
  [70, '26.95 Ottolenghi FLAVOUR (Yotam Ottolenghi, Ixta Belfrage), Hardcover'],
  [72, '64.90 Emile Henry Bread Cloche, Ceramic Bread Baker'],
  [75, '24.99 Nordic Ware Muffin Pan, 12 Cups', '8.49 Cocoa Powder for Baking, 500 g'],
  [77, '22.90 Nordic Ware Cooling Rack for Cakes', '7.99 Ground Cardamom, 100 g'],
  // Hiking and the mountains.
  [1, '139.95 LOWA Renegade GTX Mid Hiking Boots Women, Size 39'],
  [4, '79.95 Leki Makalu Trekking Poles, Pair'],
  [5, '14.90 Rother Hiking Guide: Munich Mountains'],
  [8, '119.00 deuter Futura 26 Hiking Backpack', '19.99 deuter Rain Cover for Backpack 20-35 L'],
  [10, '24.95 Klean Kanteen Insulated Water Bottle 592 ml', '2x 17.95 FALKE TK2 Hiking Socks Women 39-40'],
  [11, '! 159.00 Jack Wolfskin Hiking Jacket Women, Waterproof'],
  [13, '179.95 Patagonia Torrentshell 3L Rain Jacket Women, Size M'],
  [16, '12.90 Hiking Map Karwendel 1:50,000, KOMPASS'],
  [22, '139.95 Patagonia Better Sweater Fleece Jacket Women, Size M'],
  [30, '89.95 Icebreaker Merino Base Layer Women, Long Sleeve'],
  [34, '69.95 Tubbs Snowshoes Women'],
  [46, '54.90 Sea to Summit Dry Bag Set, 3 Pieces'],
  [49, '14.90 Rother Hiking Guide: Dolomites', '11.90 Hiking Map Dolomites 1:25,000, Tabacco'],
  [52, '99.95 VAUDE Hiking Trousers Women, Zip-Off'],
  [55, '64.95 Osprey Daylite Plus Hiking Daypack 20 L'],
  [57, '39.95 Petzl Climbing Helmet Boreo for Via Ferrata'],
  [63, '13.99 Ultralight Travel Towel, Microfibre'],
  // Camping: more and more of it lately.
  [40, '29.95 UCO Camping Cutlery and Mess Kit'],
  [54, '44.95 Petzl Actik Core Headlamp 600 Lumen'],
  [61, '39.95 DD Hammocks Tarp 3 x 3 m for Camping'],
  [69, '389.00 MSR Hubba Hubba 2-Person Backpacking Tent'],
  [71, '219.95 Mountain Equipment Down Sleeping Bag Women, -5 °C'],
  [72, '159.95 Therm-a-Rest NeoAir XLite Sleeping Pad, Regular'],
  [73, '! 99.95 Coleman Darwin 3 Tent, 3 Person Camping Tent'],
  [74, '219.00 Osprey Renn 65 Trekking Backpack Women'],
  [76, '114.95 MSR PocketRocket Camping Stove Kit', '34.90 Sea to Summit Camping Cookware Set, Collapsible'],
  [77, '34.95 Camping Lantern LED Rechargeable', '12.95 Tent Pegs and Guy Lines Set'],
  [78, '89.95 Helinox Chair One Camping Chair', '39.95 Katadyn BeFree Water Filter Bottle, Camping Water Bottle 1 L'],
  // Running.
  [2, '134.95 Brooks Ghost 16 Running Shoes Women, Size 39'],
  [15, '2x 14.95 FALKE RU4 Running Socks Women 39-40'],
  [25, '34.95 Salomon Running Gloves, Touchscreen', '24.90 Running Headband, Merino'],
  [42, '139.95 ASICS Gel-Nimbus 26 Running Shoes Women, Size 39'],
  [58, '149.95 Salomon Sense Ride 5 Trail Running Shoes Women, Size 39.5'],
  [66, '49.95 Salomon Active Skin 4 Running Vest'],
  [74, '54.95 ASICS Running Tights Women, Winter'],
  // Books, science fiction first.
  [0, '11.99 Project Hail Mary (Andy Weir), Paperback'],
  [4, '10.99 The Three-Body Problem (Cixin Liu), Paperback'],
  [11, '11.49 The Dark Forest (Cixin Liu), Paperback'],
  [18, '12.99 The Left Hand of Darkness (Ursula K. Le Guin), Paperback'],
  [23, '10.49 Children of Time (Adrian Tchaikovsky), Paperback'],
  [28, '13.99 Dune (Frank Herbert), Paperback', '12.49 Dune Messiah (Frank Herbert), Paperback'],
  [35, '9.99 A Psalm for the Wild-Built: Monk & Robot (Becky Chambers)'],
  [39, '11.99 Exhalation (Ted Chiang), Paperback'],
  [44, '10.99 Leviathan Wakes: The Expanse 1 (James S. A. Corey)'],
  [51, '12.99 The Dispossessed (Ursula K. Le Guin), Paperback'],
  [60, '10.99 All Systems Red: The Murderbot Diaries (Martha Wells)'],
  [65, '11.99 The Martian (Andy Weir), Paperback'],
  [71, '12.99 Hyperion (Dan Simmons), Paperback'],
  [76, '11.49 The Long Way to a Small, Angry Planet (Becky Chambers), Paperback'],
  [7, '14.99 Entangled Life: How Fungi Make Our Worlds (Merlin Sheldrake)'],
  [19, '12.99 The Hidden Life of Trees (Peter Wohlleben), Paperback'],
  [37, '9.99 The Thursday Murder Club (Richard Osman), Paperback'],
  [48, '13.99 Braiding Sweetgrass (Robin Wall Kimmerer), Paperback'],
  [55, '10.99 Piranesi (Susanna Clarke), Paperback'],
  [68, '12.99 A Walk in the Woods (Bill Bryson), Paperback'],
  // Coffee.
  [3, '34.90 Hario V60 Coffee Dripper Set with Glass Server'],
  [5, '2x 13.99 Lavazza Coffee Beans Espresso, 1 kg'],
  [13, '99.95 Baratza Encore Coffee Grinder'],
  [19, '6.99 Hario V60 Paper Filters 02, 100 Pieces', '15.90 Organic Coffee Beans Ethiopia, Filter Roast, 500 g'],
  [32, '15.90 Organic Coffee Beans Ethiopia, Filter Roast, 500 g'],
  [40, '59.95 Hario Buono Gooseneck Kettle for Pour Over Coffee, 1.2 L'],
  [51, '16.90 Organic Coffee Beans Colombia, Filter Roast, 500 g'],
  [55, '2x 14.49 Lavazza Coffee Beans Espresso, 1 kg'],
  [61, '34.95 AeroPress Go Travel Coffee Press'],
  [70, '6.99 Hario V60 Paper Filters 02, 100 Pieces', '14.49 Lavazza Coffee Beans Espresso, 1 kg', '16.90 Organic Coffee Beans Colombia, Filter Roast, 500 g'],
  // Plants on the balcony.
  [41, '3.49 Tomato Seeds San Marzano, Organic', '2.99 Herb Seeds Set, Organic, 6 Varieties', '9.99 Seed Trays with Lid, Set of 5'],
  [45, '24.99 Balcony Planter Box 80 cm, Set of 2', '11.99 Compo Organic Potting Soil, 20 L'],
  [48, '14.99 GARDENA Secateurs for Flowers and Shrubs'],
  [49, '12.49 Watering Can 5 L, Galvanised'],
  [60, '17.99 Terracotta Plant Pot with Saucer, Set of 4'],
  [33, '18.95 Monstera Deliciosa House Plant, 40 cm'],
  // Games for evenings.
  [21, '44.99 KOSMOS CATAN Board Game'],
  [30, '49.90 Wingspan Board Game, Stonemaier Games'],
  [47, '19.99 Ravensburger Jigsaw Puzzle Alpine Lake, 1000 Pieces'],
  [59, '52.99 Terraforming Mars Board Game'],
  [73, '34.99 KOSMOS Cascadia Board Game'],
  // On the bicycle and the rest.
  [9, '49.95 Lezyne Bike Light Set, Front and Rear'],
  [20, '109.95 ORTLIEB Back-Roller Bicycle Panniers, Pair'],
  [56, '12.99 Bike Repair Kit with Tyre Levers'],
  [10, '279.00 Sony WH-1000XM5 Wireless Noise Cancelling Headphones'],
  [27, '24.99 Phoebe Bridgers: Punisher (Vinyl LP)'],
  [43, '29.99 Big Thief: Dragon New Warm Mountain I Believe in You (Vinyl LP)'],
  [63, '189.00 Audio-Technica AT-LP60X Turntable'],
  [6, '! 24.90 Anker USB-C Charger 30 W'],
  [15, '16.99 LEUCHTTURM1917 Notebook A5 Dotted'],
  [32, '89.99 LEGO Icons 10497 Galaxy Explorer'],
  [53, '39.99 Anker PowerCore Power Bank 20000 mAh'],
  [65, '129.00 Nikon Prostaff P3 8x42 Binoculars'],
  // What nobody else needs to know.
  [35, '49.99 OMRON M400 Upper Arm Blood Pressure Monitor'],
  [68, '11.99 Clearblue Pregnancy Test, Early Detection, Pack of 2'],
];

/** What the export says where it has nothing to say. */
const ABSENT = 'Not Available';
/** The name means "Example", the street "Sample Street". */
const HOME = 'Mara Beispiel Musterstraße 12 München 80331 Germany';
const PARCEL_SHOP = 'Mara Beispiel Packstation 000 Postnummer 00000000 München 80331 Germany';

const money = (cents: number): string => (cents / 100).toFixed(2);
const iso = (atMs: number): string => new Date(atMs).toISOString().replace('.000Z', 'Z');

interface Line { readonly cancelled: boolean; readonly quantity: number; readonly cents: number; readonly name: string }

/** @throws {Error} on a line that is not `price product` */
function parseLine(text: string): Line {
  const groups = /^(?<cancelled>! )?(?:(?<quantity>\d+)x )?(?<euros>\d+)\.(?<cents>\d\d) (?<name>.+)$/.exec(text)?.groups;
  if (!groups) throw new Error(`not "price product": ${text}`);
  return { cancelled: groups['cancelled'] !== undefined, quantity: Number(groups['quantity'] ?? 1), cents: Number(groups['euros']) * 100 + Number(groups['cents']), name: groups['name'] ?? '' };
}

/** Books and food are taxed less. */
const taxPercent = (name: string): number => (/paperback|hardcover|hiking (?:guide|map)|flour|coffee beans|yeast|cocoa|cinnamon|cardamom|seeds/i.test(name) ? 7 : 19);

/** `Your Amazon Orders/Order History.csv`: with byte order mark, every cell quoted, newest first. */
export function makeOrderHistory(seed: number): string {
  const random = createRandom(seed);
  const dated = ORDERS.map(([week, ...lines]) => ({ atMs: FIRST_DAY_MS + week * 7 * DAY_MS + random.whole(0, week === 78 ? 0 : 6) * DAY_MS + random.whole(6 * 3600, 20 * 3600) * SECOND_MS, lines: lines.map(parseLine) }));
  const rows = dated.sort((a, b) => b.atMs - a.atMs).flatMap(({ atMs, lines }, n) => {
    const orderId = `${random.pick(['302', '303', '304', '305', '306', '028'])}-${random.text(7, '0123456789')}-${random.text(7, '0123456789')}`;
    const shippedMs = atMs + random.whole(9, 40) * HOUR_MS;
    const address = random.chance(0.2) ? PARCEL_SHOP : HOME;
    const payment = random.chance(0.8) ? 'Visa - 0000' : 'Gift Certificate/Card and Visa - 0000';
    const carrier = `${random.pick(['DHL', 'DHL', 'AMZN_DE', 'HERMES'])}(${random.text(12, '0123456789')})`;
    const gift = n % 23 === 7;
    return lines.map((line, i) => {
      const sum = line.cents * line.quantity;
      const tax = (cents: number): number => cents - Math.round(cents / (1 + taxPercent(line.name) / 100));
      const discount = !line.cancelled && random.chance(0.06) ? Math.round(sum * 0.05) : 0;
      // What is ordered in one go and not all in stock comes in two parcels, and the export joins their times.
      const shipped = i === 0 && line.quantity > 1 ? `${iso(shippedMs)} and ${iso(shippedMs + 20 * HOUR_MS)}` : iso(shippedMs);
      const cells: Readonly<Record<(typeof HEADER)[number], string>> = {
        'ASIN': `B0${random.text(8, '0123456789BCDFGHJKLMNPQRSTVWXYZ')}`, 'Billing Address': HOME, 'Carrier Name & Tracking Number': line.cancelled ? ABSENT : carrier, 'Currency': 'EUR',
        'Gift Message': gift ? 'Alles Gute zum Geburtstag, bis bald auf der Hütte!' : ABSENT, 'Gift Recipient Contact': gift ? 'Toni Beispiel' : ABSENT, 'Gift Sender Name': gift ? 'Mara' : ABSENT, 'Item Serial Number': ABSENT,
        'Order Date': iso(atMs), 'Order ID': orderId, 'Order Status': line.cancelled ? 'Cancelled' : 'Closed', 'Original Quantity': String(line.quantity), 'Payment Method Type': line.cancelled ? ABSENT : payment,
        'Product Condition': 'New', 'Product Name': line.name, 'Purchase Order Number': 'Not Applicable', 'Ship Date': line.cancelled ? ABSENT : shipped,
        'Shipment Item Subtotal': line.cancelled ? ABSENT : money(sum - tax(sum)), 'Shipment Item Subtotal Tax': line.cancelled ? ABSENT : money(tax(sum)), 'Shipment Status': line.cancelled ? ABSENT : 'Shipped',
        'Shipping Address': address, 'Shipping Charge': '0', 'Shipping Option': 'std-de', 'Total Amount': line.cancelled ? '0' : money(sum - discount), 'Total Discounts': discount > 0 ? `'-${money(discount)}'` : '0',
        'Unit Price': money(line.cents - tax(line.cents)), 'Unit Price Tax': money(tax(line.cents)), 'Website': 'Amazon.de',
      };
      return csvRow(HEADER.map((name) => cells[name]), true);
    });
  });
  return `\ufeff${[csvRow(HEADER, true), ...rows].join('\r\n')}\r\n`;
}
