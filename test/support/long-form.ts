/** How much of a fault test is run: a little in the ordinary check, all of it in `npm run test:slow`. */

/** `PENCHANT_SLOW=1` asks for the long form; a variable `PENCHANT_<NAME>` for a number of its own. */
export function longForm(name: string, short: number, long: number): number {
  const own = Number(process.env[`PENCHANT_${name}`]);
  if (Number.isSafeInteger(own) && own > 0) return own;
  return process.env['PENCHANT_SLOW'] === '1' ? long : short;
}
