/** The header in which the console's own server hands on the caller's address; whatever a caller sends in it is dropped. */
export const CLIENT_ADDRESS_HEADER = 'x-hookwise-client';
