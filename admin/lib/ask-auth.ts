/** What a call to one's own sign-in answered: the answer, or words for the person. `code` is what a program may look at. */
export type Asked<T> = { ok: true; value: T } | { ok: false; code: string; message: string };

const WORDS: Record<string, string> = {
  INVALID_PASSWORD: 'This password is wrong.',
  PASSWORD_TOO_SHORT: 'A password has 8 characters at least.',
  PASSWORD_TOO_LONG: 'A password has 256 characters at most.',
  INVALID_CODE: 'This code is wrong, or was used already. Wait for the next one.',
  INVALID_BACKUP_CODE: 'This recovery code is wrong, or was used already.',
  TOTP_ALREADY_ENABLED: 'A second factor is set up already. Load the page again.',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'This account has no password: it comes by single sign-on.',
  SESSION_NOT_FRESH: 'For this you must have signed in within the last 15 minutes.',
  PASSKEY_NOT_FOUND: 'This passkey opens no account here. Was it removed?',
  CHALLENGE_NOT_FOUND: 'This took too long. Try again.',
  DISABLED: 'This account is disabled. Ask an administrator.',
};

/** Asks an address below /api/auth: with a body by POST, else by GET. Never throws. */
export async function askAuth<T>(path: string, body?: object): Promise<Asked<T>> {
  const response = await fetch(`/api/auth${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => null);
  if (response === null) return { ok: false, code: 'AWAY', message: 'The console does not answer. Try again.' };
  const answer = ((await response.json().catch(() => null)) ?? {}) as {
    code?: string;
    message?: string;
    detail?: string;
  };
  if (response.ok) return { ok: true, value: answer as T };
  const { code = '', message, detail } = answer;
  const limited = response.status === 429 ? 'Too many tries. Wait a minute and try again.' : undefined;
  return {
    ok: false,
    code,
    message: limited ?? WORDS[code] ?? detail ?? message ?? 'This does not work at the moment.',
  };
}

/** A code as typed: of the app without its blanks, a recovery code without those around it. */
export function codeAsTyped(text: string): string {
  const digits = text.replace(/\s/g, '');
  return /^\d{6}$/.test(digits) ? digits : text.trim();
}
