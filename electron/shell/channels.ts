/** The channels between the page's preload script and the shell. What the vault answers never goes through them. */

/** Asks for a port to the core, which then comes on {@link PORT_CHANNEL}. */
export const CONNECT_CHANNEL = 'penchant:connect';
export const PORT_CHANNEL = 'penchant:port';
/** What reached the shell from outside: links. */
export const EVENT_CHANNEL = 'penchant:event';
export const OFFER_FILE_CHANNEL = 'penchant:offer-file';
export const COPY_SECRET_CHANNEL = 'penchant:copy-secret';
