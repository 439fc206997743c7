/** From claims to an order of products, with the reason for every move: what the shop does with an answer, and nothing else. */
import type { AnswerValues } from '../src/index.ts';
import type { Product } from './catalogue.ts';

export interface Ranked {
  readonly product: Product;
  /** Places gained (above zero) or lost against the order everybody sees. */
  readonly moved: number;
  /** Sentences for the visitor; empty when nothing we were told concerns this product. */
  readonly reasons: readonly string[];
}

/** One thing an answer says about one product. */
interface Effect { readonly points: number; readonly reason: string }

/** Points of one place in the common order: a product needs a reason to climb. */
const PLACE = 3;

/**
 * True when one node stands in the other's branch: an answer of step 1 or 2 covers everything finer, and a fine answer counts for a product with
 * a coarse tag.
 */
export const sameBranch = (a: string, b: string): boolean => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);

const concerns = (product: Product, node: string, iab: string | null): boolean =>
  product.nodes.some((tag) => sameBranch(tag, node)) || (iab !== null && node.includes('.') && product.iab.includes(iab));

/**
 * Orders the catalogue for an answer; without one, everybody's order. Stable: equal scores keep everybody's order.
 */
export function rankCatalogue(catalogue: readonly Product[], claims: AnswerValues | null): readonly Ranked[] {
  const scored = catalogue.map((product, place) => {
    const effects = claims === null ? [] : effectsOf(product, claims);
    return { product, place, reasons: [...new Set(effects.map(({ reason }) => reason))], score: effects.reduce((sum, { points }) => sum + points, -place * PLACE) };
  });
  return scored
    .toSorted((a, b) => b.score - a.score || a.place - b.place)
    .map(({ product, place, reasons }, now) => ({ product, moved: place - now, reasons }));
}

function effectsOf(product: Product, claims: AnswerValues): readonly Effect[] {
  const likes = [...claims.interest ?? [], ...claims.genre ?? []]
    .filter(({ node, iab }) => concerns(product, node, iab))
    .map(({ label, strength }): Effect => strength === 'strong' ? { points: 40, reason: `You like ${label} a lot` } : { points: 22, reason: `You like ${label}` });
  // Several nodes of one branch say the same thing twice: the best one counts, the others only explain.
  const [first, ...others] = likes.toSorted((a, b) => b.points - a.points);
  return [
    ...first === undefined ? [] : [first],
    ...others.slice(0, 1).map(({ reason }): Effect => ({ points: 4, reason })),
    ...(claims.avoid ?? []).filter(({ node, iab }) => concerns(product, node, iab)).map(({ label }): Effect => ({ points: -200, reason: `You would rather not see ${label}` })),
    ...(claims.intent ?? []).filter(({ node }) => sameBranch(product.department, node)).map(({ label, horizon_weeks }): Effect => ({ points: 30, reason: `You may buy from ${label} within ${horizon_weeks} weeks` })),
    ...(claims.brand ?? []).filter((name) => name.toLowerCase() === product.maker.toLowerCase()).map((name): Effect => ({ points: 25, reason: `You like ${name}` })),
    ...(claims.price_band ?? []).filter(({ department }) => sameBranch(product.department, department)).map(({ band }): Effect => band === product.band
      ? { points: 8, reason: `In your price range (${band})` }
      : { points: -4, reason: `Outside your usual price range (${band})` }),
  ];
}
