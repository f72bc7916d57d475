/** What stands where moderators hid somebody's words. */
export const HIDDEN_WORDS = '…';
