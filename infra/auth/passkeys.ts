import { passkey } from '@better-auth/passkey';
import { APIError } from 'better-auth/api';

const MOST_OF_A_NAME = 100;

/**
 * Signing in with a passkey instead of a password. The device must have checked the person (finger, face, PIN), so that a
 * passkey is two factors by itself. It belongs to the host of `baseUrl`: browsers offer it at no other address.
 */
export function passkeys(baseUrl: string) {
  return passkey({
    rpID: new URL(baseUrl).hostname,
    rpName: 'HookWise',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      afterVerification: ({ ctx, verification }) => {
        requireCheckedPerson(verification.registrationInfo?.userVerified);
        const { name } = ctx.body as { name?: string };
        if (name !== undefined && name.length > MOST_OF_A_NAME)
          throw new APIError('BAD_REQUEST', { code: 'NAME_TOO_LONG', message: 'A name has 100 characters at most.' });
      },
    },
    authentication: {
      afterVerification: ({ verification }) => requireCheckedPerson(verification.authenticationInfo.userVerified),
    },
  });
}

function requireCheckedPerson(isChecked: boolean | undefined): void {
  if (isChecked === true) return;
  const message = 'The device did not check who you are: it needs a PIN, a finger or a face.';
  throw new APIError('UNAUTHORIZED', { code: 'NOT_VERIFIED', message });
}
