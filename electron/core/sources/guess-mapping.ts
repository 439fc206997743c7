/** What the columns of an unknown file most likely are, by their names in four languages and by what stands in them. Pure; only a beginning for the person. */
import type { Mapping } from '../../../shared/api/mapping.ts';
import type { LEFT_OUT_BECAUSE, MappedField } from '../../../shared/domain/mapping.ts';
import { currencyOf, momentOf } from './own.ts';

/** A column with some of what stands in it. */
export interface SeenColumn { readonly name: string; readonly values: readonly string[] }
export interface GuessedColumn { readonly name: string; readonly field: MappedField | null; /** Why it is left out; null when it is not. */ readonly because: (typeof LEFT_OUT_BECAUSE)[number] | null }
export interface Guess { readonly columns: readonly GuessedColumn[]; readonly mapping: Pick<Mapping, 'kind' | 'act' | 'durationUnit' | 'ratingTop' | 'currency'> }

/** Words of the names of columns, without accents, the surest fields first. */
const NAMES: readonly (readonly [MappedField, RegExp])[] = [
  ['rating', /\b(?:(?:my |your |star )?ratings?|stars?|score|bewertung|wertung|note|sterne|evaluation|etoiles?|puntuacion|calificacion|valoracion|estrellas)\b/],
  ['duration', /\b(?:duration|length|runtime|play ?time|(?:ms|seconds|minutes|hours) ?(?:played|listened|watched)?|dauer|spielzeit|laufzeit|lange|minuten|duree|duracion)\b/],
  ['currency', /\b(?:currency|wahrung|devise|moneda|divisa)\b/],
  ['amount', /\b(?:price|amount|cost|total|paid|preis|betrag|kosten|summe|prix|montant|cout|precio|importe|coste)\b/],
  ['quantity', /\b(?:quantity|qty|count|plays|times|anzahl|menge|stuck|quantite|nombre de|cantidad|veces)\b/],
  ['date', /\b(?:dates?|day|when|time(?:stamp)?|(?:played|watched|read|added|bought|ordered|created|finished) ?(?:at|on)?|datum|tag|zeit(?:punkt)?|am|gesehen|gelesen|gekauft|jour|heure|lu le|vu le|fecha|dia|hora)\b/],
  ['collection', /\b(?:album|series|show|season|collection|serie|staffel|reihe|sammlung|saga|temporada)\b/],
  ['category', /\b(?:genres?|category|categories|type|shelf|tags?|kind|kategorie|sparte|art|gattung|categorie|categoria|genero|tipo)\b/],
  ['creator', /\b(?:artists?|authors?|by|creators?|directors?|brand|band|channel|host|publisher|writer|kunstler(?:in)?|interpret(?:in)?|autor(?:in|en)?|regie|marke|von|artiste|auteur|realisateur|marque|artista|autora?|marca)\b/],
  ['title', /\b(?:titles?|names?|track|song|book|movie|film|items?|products?|article|game|app|query|search|subject|topic|titel|lied|buch|artikel|produkt|spiel|begriff|titre|nom|livre|chanson|produit|jeu|titulo|nombre|libro|cancion|pelicula|producto|juego|podcast|episode)\b/],
];
const PERSONAL = /\b(?:e ?mails?|mail|phone|tel(?:efon|ephone|efono)?|mobile|handy|address(?:es)?|adresse|direccion|street|strasse|rue|calle|zip|postcode|plz|postal|city|ort|ville|ciudad|iban|bic|card|karte|carte|tarjeta|payment|zahlung|paiement|pago|account|konto|compte|cuenta|ip|device|gerat|latitude|longitude|lat|lon|lng|location|standort|birth\w*|geburt\w*|password|passwort|first ?name|last ?name|surname|vorname|nachname|prenom|apellidos?|customer|kunde|client|cliente|user ?names?|recipient|empfanger|sender|absender|url|link|uri|website)\b/;
const IDENTIFIER = /\b(?:id|ids|uuid|guid|isbn|isbn13|asin|ean|upc|sku|key|hash|nr|number|nummer|numero|index|token)\b/;
const EMAIL = /^\S+@\S+\.\S+$/, URL_LIKE = /^(?:https?:\/\/|www\.|spotify:)\S+$/i, PHONE = /^\+?(?:[\s()/.-]*\d){9,15}$/, IBAN = /^[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}/, OPAQUE = /^(?=.*\d)[A-Za-z0-9_-]{16,}$/, IP = /^\d{1,3}(?:\.\d{1,3}){3}$/;
/** Longer text is somebody's words, not the name of a thing. */
const LONG_CHARS = 200;

const KINDS: readonly (readonly [Mapping['kind'], RegExp])[] = [
  ['podcast', /\b(?:podcasts?|episodes?)\b/], ['audiobook', /\b(?:audiobooks?|horbuch|horbucher|audiolibros?|narrator)\b/],
  ['book', /\b(?:books?|isbn|authors?|pages|read|buch|bucher|autor(?:in)?|gelesen|seiten|livres?|auteur|libros?)\b/],
  ['music', /\b(?:music|songs?|tracks?|album|artists?|scrobbles?|playlist|musik|lied(?:er)?|interpret|kunstler|musique|chansons?|artiste|cancion(?:es)?|artista)\b/],
  ['video', /\b(?:movies?|films?|series|season|director|watched|imdb|gesehen|regie|staffel|vus?|peliculas?)\b/],
  ['search', /\b(?:search(?:es)?|query|queries|suchbegriff|suche|recherche|busqueda)\b/],
  ['app', /\b(?:apps?|games?|spiele?|jeux?|juegos?|steam)\b/], ['product', /\b(?:products?|orders?|price|bought|purchases?|produkt|artikel|preis|bestell\w*|gekauft|produit|prix|producto|precio)\b/], ['site', /\b(?:sites?|domain|urls?|bookmarks?|lesezeichen|visited)\b/], ['topic', /\b(?:topics?|subjects?|interests?|themen?|sujets?|temas?)\b/],
];
const ACTS: readonly (readonly [Mapping['act'], RegExp])[] = [
  ['wanted', /\b(?:wish ?lists?|watch ?lists?|to read|want(?:ed)?|wunsch\w*|merkliste|envies?|souhaits?|deseos?)\b/], ['liked', /\b(?:liked?|loved?|favou?rites?|lieblings\w*|favoriten|preferes?|favorit[ao]s?)\b/],
  ['followed', /\b(?:follow(?:ed|ing)?|subscri\w+|abos?|abonn\w+|suscrip\w+)\b/], ['saved', /\b(?:saved|library|collection|bookmarks?|gespeichert|sammlung|bibliothek|enregistres?|guardad\w+)\b/],
];

/** Words apart, lower case, without accents: "Date Read", "dateRead" and "date_read" alike. */
const wordsOf = (name: string): string => name.slice(0, 300).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').normalize('NFD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
const share = (values: readonly string[], test: (value: string) => boolean): number => (values.length === 0 ? 0 : values.filter(test).length / values.length);

/** `file`: its name, which often says what is in it. */
export function guessMapping(columns: readonly SeenColumn[], file: string, nowMs: number): Guess {
  const seen = columns.map(({ name, values }) => ({ name, words: wordsOf(name), values: values.map((value) => value.trim()).filter((value) => value !== '').slice(0, 200) }));
  const all = `${wordsOf(file.replace(/\.[a-z]+$/i, ''))} ${seen.map(({ words }) => words).join(' ')}`;
  const kind = KINDS.find(([, pattern]) => pattern.test(all))?.[0] ?? 'product';
  const reasons = seen.map((column) => reasonAgainst(column, kind));
  const fields = new Map<number, MappedField>();
  const taken = new Set<MappedField>();
  const give = (at: number, field: MappedField): void => { fields.set(at, field); taken.add(field); };
  for (const [field, pattern] of NAMES) {
    // The name that says least besides is the surest: "title" before "original title".
    const fitting = seen.map((column, at) => ({ column, at })).filter(({ column, at }) => reasons[at] === null && !fields.has(at) && pattern.test(column.words) && canBe(field, column.values, nowMs)).sort((a, b) => a.column.words.length - b.column.words.length);
    const [best] = fitting;
    if (best && !taken.has(field)) give(best.at, field);
  }
  const free = (test: (values: readonly string[]) => boolean): number => seen.findIndex(({ values }, at) => reasons[at] === null && !fields.has(at) && values.length > 0 && test(values));
  if (!taken.has('date')) { const at = free((values) => share(values, (value) => !/^\d+$/.test(value) && momentOf(value, 'dmy', nowMs) !== null) > 0.8 || share(values, (value) => !/^\d+$/.test(value) && momentOf(value, 'mdy', nowMs) !== null) > 0.8); if (at !== -1) give(at, 'date'); }
  if (!taken.has('amount')) { const at = free((values) => share(values, (value) => currencyOf(value) !== null && /\d/.test(value)) > 0.8); if (at !== -1) give(at, 'amount'); }
  if (!taken.has('title')) { const at = free((values) => share(values, (value) => /\p{L}{2}/u.test(value)) > 0.6); if (at !== -1) give(at, 'title'); }

  const valuesOf = (field: MappedField): readonly string[] => seen.find((_, at) => fields.get(at) === field)?.values ?? [];
  const durations = seen.find((_, at) => fields.get(at) === 'duration');
  const ratings = valuesOf('rating').map((value) => Number(value.replace(',', '.'))).filter((value) => !Number.isNaN(value));
  const best = ratings.reduce((most, value) => Math.max(most, value), 0);
  return {
    columns: seen.map(({ name }, at): GuessedColumn => ({ name, field: fields.get(at) ?? null, because: fields.has(at) ? null : reasons[at] ?? 'unknown' })),
    mapping: {
      kind, act: ACTS.find(([, pattern]) => pattern.test(all))?.[0] ?? 'used', ratingTop: best <= 5 ? 5 : best <= 10 ? 10 : 100,
      durationUnit: unitOf(durations?.words ?? '', durations?.values ?? []), currency: valuesOf('amount').map(currencyOf).find((code) => code !== null) ?? currencyOf(seen.find((_, at) => fields.get(at) === 'amount')?.name.toUpperCase() ?? null),
    },
  };
}

function reasonAgainst({ words, values }: { readonly words: string; readonly values: readonly string[] }, kind: Mapping['kind']): GuessedColumn['because'] {
  if (kind === 'site' && /\b(?:url|link|website|site|domain)\b/.test(words)) return null;
  if (PERSONAL.test(words) || [EMAIL, URL_LIKE, IBAN, IP].some((pattern) => share(values, (value) => pattern.test(value)) > 0.3)) return 'personal';
  if (share(values, (value) => PHONE.test(value) && /[+\s()/-]/.test(value) && !/^\d{4}-\d\d-\d\d/.test(value)) > 0.5) return 'personal';
  if (IDENTIFIER.test(words) || share(values, (value) => OPAQUE.test(value) && !/^\d{4}-\d\d/.test(value)) > 0.6) return 'identifier';
  if (values.length === 0) return 'empty';
  return share(values, (value) => value.length > LONG_CHARS) > 0.2 ? 'long' : null;
}

function canBe(field: MappedField, values: readonly string[], nowMs: number): boolean {
  if (field === 'date') return share(values, (value) => momentOf(value, 'dmy', nowMs) !== null || momentOf(value, 'mdy', nowMs) !== null) > 0.5;
  if (field === 'amount' || field === 'duration' || field === 'quantity') return share(values, (value) => /\d/.test(value)) > 0.5;
  if (field === 'rating') return share(values, (value) => /^[\d.,/ %★☆⭐½]+$/u.test(value)) > 0.5;
  return true;
}

function unitOf(words: string, values: readonly string[]): Mapping['durationUnit'] {
  if (/\b(?:ms|millis\w*)\b/.test(words)) return 'ms';
  if (/\b(?:min|mins|minutes?|minuten)\b/.test(words)) return 'min';
  if (/\b(?:h|hours?|stunden|heures?|horas?)\b/.test(words)) return 'h';
  if (/\b(?:s|sec|seconds?|sekunden|secondes?|segundos?)\b/.test(words)) return 's';
  const numbers = values.map(Number).filter((value) => value > 0);
  const middle = numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
  return middle > 20_000 ? 'ms' : middle > 400 ? 's' : 'min';
}
