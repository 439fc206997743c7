/** The few pages the web host says something with before the app itself may load. */
import { createHash } from 'node:crypto';

const STYLE = 'body{font:1.05rem/1.6 system-ui,sans-serif;max-width:34rem;margin:18vh auto 0;padding:0 1.5rem;color:#22303a;background:#faf7f1}h1{font:600 1.7rem/1.3 Georgia,serif}code{font-size:.95em}@media(prefers-color-scheme:dark){body{color:#e8e4da;background:#17202b}}';

/** No script at all, and only this one style. */
export const NOTICE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Plain sentences only: nothing a caller sent is ever put into them. */
const notice = (title: string, paragraphs: readonly string[]): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title} · Penchant</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</main></body></html>`;

const NEW_LINK = 'To get a new link, start Penchant once more, with <code>npm start</code>. Your vault is not affected.';

export const NOTICES = {
  used: notice('This link has been used', ['A link to Penchant opens one browser, once. That keeps others on this computer out.', NEW_LINK]),
  signedOut: notice('This browser is not signed in', ['Penchant is running, and opens only in the browser that followed its one-time link.', NEW_LINK]),
  tooMany: notice('Too many wrong links', ['Several links that do not work were tried. Wait a minute, then follow the right one.']),
  foreign: notice('Penchant did not answer', ['This address was opened by another site or under another name. Copy the link Penchant printed into the address bar as it is.']),
  notFound: notice('There is nothing here', ['Penchant has one page. Its address ends after the port number.']),
  method: notice('Penchant did not answer', ['This kind of request is not understood here.']),
} as const;
