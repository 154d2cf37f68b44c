import type { ReactNode } from 'react';
import './endpoints.css';

export default function EndpointsLayout({ children }: { children: ReactNode }) {
  return children;
}
