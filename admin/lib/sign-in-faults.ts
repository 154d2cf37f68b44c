const WORDS: Record<string, string> = {
  access_denied: 'The provider did not let you in, or you turned it down there.',
  signup_disabled: 'Nobody made an account for you here yet. Ask an administrator.',
  account_not_linked: 'There is an account with your e-mail, but the provider has not verified that it is yours.',
  email_not_found: 'The provider does not tell your e-mail, so nobody can be found by it.',
  disabled: 'This account is disabled. Ask an administrator.',
  away: 'Single sign-on does not answer at the moment. Try again, or sign in with your password.',
  state_mismatch: 'This took too long, or it was begun in another browser. Try again.',
  state_not_found: 'This took too long, or it was begun in another browser. Try again.',
  please_restart_the_process: 'This took too long, or it was begun in another browser. Try again.',
};
const OTHERS: Record<string, string> = {
  sign_up_disabled: 'signup_disabled',
  unable_to_link_account: 'account_not_linked',
  email_is_missing: 'email_not_found',
  unavailable: 'away',
};

/** What the sign-in page says when single sign-on ended with `code`; null for none. */
export function signInFault(code: string | undefined): string | null {
  if (code === undefined) return null;
  const known = code.toLowerCase().replaceAll(' ', '_');
  return (
    WORDS[OTHERS[known] ?? known] ??
    'Single sign-on did not work: the provider’s answer could not be used. Try again, or ask an administrator.'
  );
}
