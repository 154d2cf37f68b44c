const HERE = 'http://console.invalid';
const MOST = 2_000;

/**
 * Where to go after signing in: `given` if it is a page of this console, else the overview. It is read as browsers read it,
 * so that nothing in it (`//host`, backslashes, tabs, `/.//host`) leads to another origin.
 */
export function nextPage(given: string | null | undefined): string {
  if (!given?.startsWith('/') || given.length > MOST || !URL.canParse(given, HERE)) return '/';
  const url = new URL(given, HERE);
  if (url.searchParams.has('_rsc')) url.searchParams.delete('_rsc');
  if (url.origin !== HERE || url.pathname.startsWith('//') || /^\/(sign-in|api|health)(\/|$)/.test(url.pathname))
    return '/';
  return url.pathname + url.search + url.hash;
}

/** The address of the sign-in page that leads on to `next`. */
export function signInAddress(next: string): string {
  return next === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ next }).toString()}`;
}
