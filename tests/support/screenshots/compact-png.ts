const COLOURS = 128;

/** A picture of a page in few colours, a fraction of its size. As it is where the library (an optional one of Next) is not there. */
export async function compactPng(picture: Buffer): Promise<Buffer> {
  const sharp = await import('sharp').then(
    (module) => module.default,
    () => null,
  );
  return sharp === null ? picture : sharp(picture).png({ palette: true, colours: COLOURS, effort: 7 }).toBuffer();
}
