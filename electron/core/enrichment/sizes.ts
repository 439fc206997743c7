/** Reads sizes of clothes and shoes from the names of products, as shops write them. Pure. */

export type SizedDepartment = 'clothing' | 'shoes';
export const SIZED_DEPARTMENTS: readonly SizedDepartment[] = ['clothing', 'shoes'];

const LETTERS = /^(?:[2-6]?XS|S|M|L|[2-6]?XL|XX+S|XX+L)$/;
/** "Größe 42", "Taille: 38", "Size M", "Pointure 41": the word says that it is one. In capitals, for letters of other alphabets of sizes are words. */
const NAMED = /(?:^|[^\p{L}\p{N}])(?:GRÖSSE|GRÖßE|GROESSE|GR\.|SIZE|TAILLE|POINTURE|TALLA|TALLE|NÚMERO|TAGLIA|MAAT|STORLEK|STØRRELSE|ROZMIAR|TAMANHO|VELIKOST)\s*[:=]?\s*(?:(EU|EUR|UK|US|DE|FR)\s*)?([0-9]{1,2}(?:[.,]5)?(?![0-9])|[0-9]?X{0,4}[SML](?![\p{L}\p{N}]))/u;
/** "EU 42", "42 EU", "UK 8.5", "US10". */
const WITH_SYSTEM = /(?:^|[^\p{L}\p{N}])(?:(EU|EUR|UK|US)\s?([0-9]{1,2}(?:[.,]5)?)|([0-9]{1,2}(?:[.,]5)?)\s?(EU|EUR|UK|US))(?![\p{L}\p{N}])/u;
/** Waist and length of trousers. */
const WAIST = /(?:^|[^\p{L}\p{N}])(?:W\s?([0-9]{2})\s?[/ ]?\s?L\s?([0-9]{2})|([0-9]{2})\s?W\s?[x/ ]?\s?([0-9]{2})\s?L)(?![\p{L}\p{N}])/iu;
/** A letter or number by itself behind a comma, a dash or a bar, or between brackets: "T-Shirt, Black, M", "Sneaker (42.5)". */
const ALONE = /(?:[,(/|]|\s[–-])\s*([0-9]?X{0,4}[SML]|[0-9]{2}(?:[.,]5)?)\s*(?=[),/|]|\s[–-]|$)/gu;

/** Numbers that are sizes in either department; others are pieces, lengths and years. */
const PLAUSIBLE: Readonly<Record<SizedDepartment, readonly [number, number]>> = { clothing: [30, 60], shoes: [34, 50] };
/** Foreign systems begin lower. */
const FOREIGN: Readonly<Record<SizedDepartment, readonly [number, number]>> = { clothing: [4, 26], shoes: [2, 16] };

const within = (value: number, [least, most]: readonly [number, number]): boolean => value >= least && value <= most;

/** As it stands on a label: "XXL" and "2XL" are one size, "42,5" is "42.5", what the rest of Europe means needs no "EU". */
function canonical(department: SizedDepartment, system: string | undefined, text: string): string | null {
  if (LETTERS.test(text)) {
    const many = /^(X{2,})([SL])$/.exec(text);
    return department === 'shoes' ? null : many ? `${many[1]?.length ?? 2}X${many[2] ?? ''}` : text;
  }
  const number = Number(text.replace(',', '.'));
  if (system === 'UK' || system === 'US') return within(number, FOREIGN[department]) ? `${system} ${number}` : null;
  return within(number, PLAUSIBLE[department]) ? String(number) : null;
}

/** The size a product's name or category tells; null where it tells none, or nothing that can be one. */
export function sizeIn(department: SizedDepartment, title: string): string | null {
  const text = title.toUpperCase();
  const waist = department === 'clothing' ? WAIST.exec(text) : null;
  if (waist) return `W${waist[1] ?? waist[3] ?? ''} L${waist[2] ?? waist[4] ?? ''}`;
  const system = WITH_SYSTEM.exec(text);
  const withSystem = system && canonical(department, (system[1] ?? system[4])?.slice(0, 2), system[2] ?? system[3] ?? '');
  if (withSystem) return withSystem;
  const named = NAMED.exec(text);
  const byName = named && canonical(department, named[1], named[2] ?? '');
  if (byName) return byName;
  // The last one: colours and numbers of pieces come before it.
  let last: string | null = null;
  for (const [, alone = ''] of text.matchAll(ALONE)) last = canonical(department, undefined, alone) ?? last;
  return last;
}
