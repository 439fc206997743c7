/** The site behind the address of a page: all that is kept of it. */
import { domainToUnicode } from 'node:url';
import { parse as parseDomain } from 'tldts';

/** The registrable domain of a page, as in "bbc.co.uk"; null for addresses of networks at home, files and pages of the browser. */
export function siteOf(url: string): string | null {
  if (!/^https?:\/\//i.test(url)) return null;
  const { domain, isIcann } = parseDomain(url);
  if (domain === null || isIcann !== true) return null;
  const site = domain.toLowerCase();
  return site.includes('xn--') ? domainToUnicode(site) || site : site;
}
