/** Words searched for that say who or where somebody is, and nothing of taste. */

/** More than anybody types: pasted text. */
const LONGEST_SEARCH = 200;
/** E-mail and web addresses, numbers of phones, parcels and accounts. */
const PERSONAL = /\S@\S+\.\S|^(?:https?:\/\/|www\.)\S+$|(?:\d[\s()./+-]{0,3}){9}/iu;

/** Such words are not stored. */
export const isPersonalSearch = (words: string): boolean => words.length > LONGEST_SEARCH || PERSONAL.test(words);
