/** Secret keys of the age format as people keep them: a file with a line for each, and comments. */

/** The keys in such a text; what they are worth is for whoever opens something with them to say. */
export const identitiesOf = (text: string): string[] => text.split(/\r?\n/u).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
