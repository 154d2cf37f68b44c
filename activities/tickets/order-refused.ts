/** What a person asked for cannot be done in this state; the message says why. */
export class OrderRefused extends Error {
  override readonly name = 'OrderRefused';
}
