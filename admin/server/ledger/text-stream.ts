const PIECE = 16_384;

/** A file that is sent while it is made; no faster than it is taken. */
export function textStream(pieces: AsyncGenerator<string>, of: { type: string; file: string }): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      let text = '';
      let isOver = false;
      while (text.length < PIECE && !isOver) {
        const { value, done } = await pieces.next();
        isOver = done === true;
        text += value ?? '';
      }
      if (text !== '') controller.enqueue(encoder.encode(text));
      if (isOver) controller.close();
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': of.type,
      'content-disposition': `attachment; filename="${of.file}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
