'use client';

import { useEffect, useState } from 'react';

/** Whether this browser can use passkeys of `host` here; null until it is known. They need https or localhost, and that very host. */
export function usePasskeysHere(host: string): 'yes' | 'elsewhere' | 'unsupported' | null {
  const [state, setState] = useState<'yes' | 'elsewhere' | 'unsupported' | null>(null);
  useEffect(() => {
    if (window.location.hostname !== host) return setState('elsewhere');
    setState(window.PublicKeyCredential === undefined ? 'unsupported' : 'yes');
  }, [host]);
  return state;
}

const WORDS: Record<string, string> = {
  NotAllowedError: 'Nothing was chosen, or it took too long.',
  InvalidStateError: 'This device has a passkey for this account already.',
  AbortError: 'Nothing was chosen.',
};

/** What to tell a person when the browser's own dialogue did not end well. */
export function passkeyFault(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  return WORDS[name] ?? 'This browser cannot use the passkey here.';
}
