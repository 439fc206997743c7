/** Where the dots of a crowd stand, and how many of them are lit. Pure. */

export const DOTS = 180;
/** Of the picture, which is square around the middle. */
export const RADIUS = 100;

const TURN = Math.PI * (3 - Math.sqrt(5));
/** Of the dot so far from the middle: dots fill the disc evenly, like seeds of a sunflower. */
const distance = (at: number): number => (RADIUS - 6) * Math.sqrt(at / (DOTS - 1));

/** The person is the first, in the middle. */
export const dots: readonly { readonly x: number; readonly y: number }[] = Array.from({ length: DOTS }, (_, at) => ({ x: distance(at) * Math.cos(at * TURN), y: distance(at) * Math.sin(at * TURN) }));

/** Dots for a number of people, of `everybody`: 1 for the person alone, all for everybody, and as many more for each tenfold. Never fewer for more people. */
export const litDots = (people: number, everybody: number): number =>
  1 + Math.round((DOTS - 1) * Math.min(1, Math.log10(Math.max(1, people)) / Math.log10(Math.max(10, everybody))));

/** Distance from the middle of the circle that holds so many people. */
export const ringAt = (people: number, everybody: number): number => distance(Math.min(DOTS - 1, litDots(people, everybody) - 1)) + 3;

/** 0..1 of a bar on the same scale. */
export const barOf = (people: number, everybody: number): number => (litDots(people, everybody) - 1) / (DOTS - 1);
