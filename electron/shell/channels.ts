/** The four channels between the page's preload script and the shell. */
export const INVOKE_CHANNEL = 'penchant:invoke';
export const EVENT_CHANNEL = 'penchant:event';
export const OFFER_FILE_CHANNEL = 'penchant:offer-file';
export const COPY_SECRET_CHANNEL = 'penchant:copy-secret';
