/** The verification that a test endpoint signs with. */
export const HMAC = {
  type: 'hmac',
  secretId: 'sig',
  algorithm: 'sha256',
  header: 'X-HookWise-Signature',
  encoding: 'hex',
  prefix: '',
} as const;
