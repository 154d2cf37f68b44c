import { isSecretName, MASK } from './redaction.ts';

const CREDENTIAL = /\b(Basic|Bearer)\s+[A-Za-z0-9+/_.~=-]{8,}/gi;
const IN_ADDRESS = /\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,100}):[^\s/@]{1,200}@/gi;
const JSON_WEB_TOKEN = /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*/g;
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g;
const NAMED =
  /(["']?)([A-Za-z][A-Za-z0-9_.-]{0,60})\1(\s{0,3}[:=]\s{0,3})("[^"\n]{1,400}"|'[^'\n]{1,400}'|[^\s"',;}\])]{1,400})/g;
const PROSE_VALUE = /^(?=.*\d)\S{6,}$/;

/**
 * Free text without what looks like a secret: the values of secret names (`password=…`, `"token": "…"`), credentials of a header
 * or an address, private keys, web tokens. Prose such as `Password: rotate it` stays.
 */
export function maskText(text: string, extraWords?: readonly string[]): string {
  return text
    .replace(PRIVATE_KEY, MASK)
    .replace(JSON_WEB_TOKEN, MASK)
    .replace(CREDENTIAL, `$1 ${MASK}`)
    .replace(IN_ADDRESS, `$1:${MASK}@`)
    .replace(NAMED, (whole, quote: string, name: string, sign: string, value: string) => {
      if (!isSecretName(name, extraWords)) return whole;
      const isProse = quote === '' && /^:\s/.test(sign) && !/^["']/.test(value);
      return isProse && !PROSE_VALUE.test(value) ? whole : `${quote}${name}${quote}${sign}${MASK}`;
    });
}
