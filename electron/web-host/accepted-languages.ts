/** `Accept-Language` (RFC 9110 §12.5.4): language ranges, those the sender likes best first; equals stay in their order. What is malformed is left out, and so is what is refused by a weight of 0. */
export const acceptedLanguages = (header: string): string[] => header.slice(0, 1_000).split(',').flatMap((part) => {
  const found = /^\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*[qQ]\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/u.exec(part);
  const weight = Number(found?.[2] ?? 1);
  return found?.[1] === undefined || weight === 0 ? [] : [{ tag: found[1], weight }];
}).sort((a, b) => b.weight - a.weight).map(({ tag }) => tag);
