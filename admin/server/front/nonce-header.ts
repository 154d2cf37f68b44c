/** The header in which the front hands a page the nonce of its policy; whatever a caller sends in it is overwritten. */
export const NONCE_HEADER = 'x-hookwise-nonce';
