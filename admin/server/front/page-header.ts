/** The header in which the front hands a page the address that was asked for; whatever a caller sends in it is overwritten. */
export const PAGE_HEADER = 'x-hookwise-page';
