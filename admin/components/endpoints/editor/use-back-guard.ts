'use client';

import { useEffect, useRef, type RefObject } from 'react';

/**
 * While `isOn`, going back is asked about first. A browser cannot be kept from going back, so the page stands twice in its
 * history meanwhile: the first step back stays on it.
 */
export function useBackGuard(isOn: boolean, isLeaving: RefObject<boolean>, ask: (leave: () => void) => void): void {
  const isDoubled = useRef(false);
  useEffect(() => {
    if (!isOn) {
      if (isDoubled.current) history.back();
      isDoubled.current = false;
      return;
    }
    const double = () => history.pushState(history.state, '', location.href);
    const back = () => {
      if (isLeaving.current) return;
      double();
      ask(() => history.go(-2));
    };
    if (!isDoubled.current) double();
    isDoubled.current = true;
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, [isOn, isLeaving, ask]);
}
