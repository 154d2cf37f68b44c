/** Whether a text matches; takes what that costs off the allowance, about one for each glob that fails at once. */
export type GlobTest = (text: string, allowance: { globs: number }) => boolean;

const STEPS_PER_GLOB = 8;

/** Reads a glob once: `*` is any run of characters, `?` is one. Everything else stands for itself. */
export function compileGlob(glob: string): GlobTest {
  return glob.includes('?') ? byCharacters(Array.from(glob)) : byPieces(glob.split('*'));
}

/** Without `?` the first place of each piece is as good as any. */
function byPieces(pieces: readonly string[]): GlobTest {
  const [head = ''] = pieces;
  if (pieces.length === 1) return (text) => text === head;
  const tail = pieces.at(-1) ?? '';
  const inner = pieces.slice(1, -1).filter((piece) => piece !== '');
  return (text, allowance) => {
    allowance.globs -= 1;
    if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
    let at = head.length;
    for (const piece of inner) {
      allowance.globs -= 1;
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return at <= text.length - tail.length;
  };
}

function byCharacters(marks: readonly string[]): GlobTest {
  return (text, allowance) => {
    const letters = Array.from(text);
    let [letter, mark, star, retry, steps] = [0, 0, -1, 0, letters.length];
    while (letter < letters.length) {
      steps += 1;
      if (marks[mark] === '*') {
        star = mark;
        retry = letter;
        mark += 1;
      } else if (mark < marks.length && (marks[mark] === '?' || marks[mark] === letters[letter])) {
        letter += 1;
        mark += 1;
      } else if (star >= 0) {
        retry += 1;
        letter = retry;
        mark = star + 1;
      } else break;
    }
    allowance.globs -= 1 + Math.floor(steps / STEPS_PER_GLOB);
    if (letter < letters.length) return false;
    while (marks[mark] === '*') mark += 1;
    return mark === marks.length;
  };
}
