import { sampleBody } from './sample-body.ts';

/** A line for a terminal that posts the heart of what Uptime Kuma posts for a monitor that went down. */
export function curlLine({ url, token }: { url: string; token: string }): string {
  return [
    `curl -X POST '${url}'`,
    `-H 'Authorization: Bearer ${token}'`,
    "-H 'Content-Type: application/json'",
    `-d '${sampleBody()}'`,
  ].join(' \\\n  ');
}
