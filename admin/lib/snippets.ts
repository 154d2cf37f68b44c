/** What a sender needs to know of an endpoint. */
export interface SenderFacts {
  url: string;
  /** null where no bearer token is asked for. */
  token: string | null;
  hmac: { algorithm: 'sha1' | 'sha256' | 'sha512'; header: string; encoding: 'hex' | 'base64'; prefix: string } | null;
  body: string;
}

export interface Snippet {
  language: 'curl' | 'Python' | 'PowerShell';
  text: string;
}

/** Ready lines that send a sample; they sign it where the endpoint asks for a signature. */
export function snippetsOf(facts: SenderFacts): Snippet[] {
  return [
    { language: 'curl', text: curl(facts) },
    { language: 'Python', text: python(facts) },
    { language: 'PowerShell', text: powerShell(facts) },
  ];
}

function curl({ url, token, hmac, body }: SenderFacts): string {
  const lines = hmac === null ? [] : [`BODY='${body}'`, `SIGNATURE=${shellDigest(hmac)}`];
  const parts = [
    `curl -X POST '${url}'`,
    "-H 'Content-Type: application/json'",
    ...(token === null ? [] : [`-H 'Authorization: Bearer ${token}'`]),
    ...(hmac === null ? [] : [`-H "${hmac.header}: ${hmac.prefix}$SIGNATURE"`]),
    hmac === null ? `-d '${body}'` : '--data-raw "$BODY"',
  ];
  return [...lines, parts.join(' \\\n  ')].join('\n');
}

function shellDigest({ algorithm, encoding }: NonNullable<SenderFacts['hmac']>): string {
  const digest = `printf %s "$BODY" | openssl dgst -${algorithm} -hmac '<the shared secret>'`;
  return encoding === 'hex' ? `$(${digest} -r | cut -d' ' -f1)` : `$(${digest} -binary | base64 -w0)`;
}

function python({ url, token, hmac, body }: SenderFacts): string {
  const sign =
    hmac === null
      ? []
      : [
          `digest = hmac.new(b"<the shared secret>", body, hashlib.${hmac.algorithm})`,
          `headers["${hmac.header}"] = "${hmac.prefix}" + ${hmac.encoding === 'hex' ? 'digest.hexdigest()' : 'base64.b64encode(digest.digest()).decode()'}`,
        ];
  return [
    `import ${['urllib.request', ...(hmac === null ? [] : ['hashlib', 'hmac', ...(hmac.encoding === 'hex' ? [] : ['base64'])])].join(', ')}`,
    '',
    `body = b'${body}'`,
    'headers = {"Content-Type": "application/json"}',
    ...(token === null ? [] : [`headers["Authorization"] = "Bearer ${token}"`]),
    ...sign,
    `request = urllib.request.Request("${url}", body, headers)`,
    'print(urllib.request.urlopen(request).read().decode())',
  ].join('\n');
}

function powerShell({ url, token, hmac, body }: SenderFacts): string {
  const sign =
    hmac === null
      ? []
      : [
          `$hmac = [System.Security.Cryptography.HMAC${hmac.algorithm.toUpperCase()}]::new([Text.Encoding]::UTF8.GetBytes('<the shared secret>'))`,
          '$digest = $hmac.ComputeHash([Text.Encoding]::UTF8.GetBytes($body))',
          `$headers['${hmac.header}'] = '${hmac.prefix}' + ${hmac.encoding === 'hex' ? '[Convert]::ToHexString($digest).ToLower()' : '[Convert]::ToBase64String($digest)'}`,
        ];
  return [
    `$body = '${body}'`,
    '$headers = @{}',
    ...(token === null ? [] : [`$headers['Authorization'] = 'Bearer ${token}'`]),
    ...sign,
    `Invoke-RestMethod -Method Post -Uri '${url}' -ContentType 'application/json' -Headers $headers -Body $body`,
  ].join('\n');
}
