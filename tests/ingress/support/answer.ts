/** What the ingress answered, its JSON read. */
export interface Answer {
  status: number;
  body: { status: string; message: string; request_id: string };
  headers: Headers;
}
