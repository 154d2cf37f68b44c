const LONGEST = 2000;
const LONGEST_PAGE = 300;
const CREDENTIAL = /\b(Basic|Bearer)\s+[A-Za-z0-9+/_.~=-]{8,}/gi;
const NAMED_SECRET = /("?\b(?:password|secret|token|private_?key|api_?key)"?\s*[:=]\s*"?)[^\s",;}]+/gi;
const MASK = '********';

/** What ConnectWise said, for people: its message and those nested in it, masked, at most 2,000 characters. */
export function answerText(body: string, secrets: readonly string[]): string {
  return maskSecrets(wordsOf(body), secrets).slice(0, LONGEST).toWellFormed();
}

/** The text without any of `secrets` and without what looks like credentials. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  let masked = text;
  for (const secret of secrets) if (secret.length >= 4) masked = masked.replaceAll(secret, MASK);
  return masked.replace(CREDENTIAL, `$1 ${MASK}`).replace(NAMED_SECRET, `$1${MASK}`);
}

function wordsOf(body: string): string {
  const text = body.trim();
  if (text === '') return '(an empty answer)';
  try {
    const parsed: unknown = JSON.parse(text);
    const messages = [...new Set(messagesOf(parsed, 0))];
    const [first, ...nested] = messages;
    if (first === undefined) return text;
    return nested.length === 0 ? first : `${first}: ${nested.join('; ')}`;
  } catch {
    return text.startsWith('<') ? pageText(text) : text;
  }
}

function messagesOf(value: unknown, depth: number): string[] {
  if (typeof value !== 'object' || value === null || depth > 3) return [];
  const { message, errors, details } = value as { message?: unknown; errors?: unknown; details?: unknown };
  const own = typeof message === 'string' && message.trim() !== '' ? [message.trim()] : [];
  const nested = [errors, details].flatMap((list) =>
    Array.isArray(list) ? list.flatMap((entry) => messagesOf(entry, depth + 1)) : [],
  );
  return [...own, ...nested];
}

function pageText(html: string): string {
  const text = html
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `(a web page) ${text.slice(0, LONGEST_PAGE)}`;
}
