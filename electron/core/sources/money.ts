/** Amounts as exports write them, in minor units of their currency. */

const digits = new Map<string, number>();

/** Digits after the point in this currency (ISO 4217): 2 for USD, 0 for JPY. */
function minorDigits(currency: string): number {
  let known = digits.get(currency);
  if (known === undefined) {
    try { known = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2; } catch { known = 2; }
    digits.set(currency, known);
  }
  return known;
}

/**
 * "12.34", "1,234.56", "1.234,56", "'12.34'", "$12.34" → minor units; null when it is no amount or the currency is unknown.
 */
export function parseMinorUnits(text: string | null, currency: string | null): number | null {
  if (text === null || currency === null) return null;
  const bare = text.replace(/^[^\d-]+|[^\d]+$|[\s'’]/g, '');
  if (!/^-?\d[\d.,]*$/.test(bare)) return null;
  const point = decimalPoint(bare);
  const whole = (point === -1 ? bare : bare.slice(0, point)).replace(/[.,]/g, '');
  const fraction = point === -1 ? '' : bare.slice(point + 1);
  const minor = Math.round(Number(`${whole}.${fraction === '' ? '0' : fraction}`) * 10 ** minorDigits(currency));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** Where the fraction starts: the last of both signs when both occur; a single sign with other than three digits behind it. */
function decimalPoint(text: string): number {
  const dot = text.lastIndexOf('.'), comma = text.lastIndexOf(',');
  if (dot !== -1 && comma !== -1) return Math.max(dot, comma);
  const only = Math.max(dot, comma);
  if (only === -1 || text.indexOf(dot === -1 ? ',' : '.') !== only) return -1;
  // "1,234" is a thousand; "1.234" is a unit price with three digits, which exports do write.
  return only === comma && text.length - only - 1 === 3 ? -1 : only;
}
