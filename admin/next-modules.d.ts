/** Next has no export map, so TypeScript's Node resolution does not find its parts by the names that Next's own bundler wants. */
declare module 'next/link' {
  const Link: (typeof import('next/link.js'))['default'];
  export default Link;
  export const useLinkStatus: (typeof import('next/link.js'))['useLinkStatus'];
}
declare module 'next/dynamic' {
  const dynamic: (typeof import('next/dist/shared/lib/app-dynamic.js'))['default'];
  export default dynamic;
}
declare module 'next/navigation' {
  export * from 'next/navigation.js';
}
declare module 'next/headers' {
  export * from 'next/headers.js';
}
declare module '*.css';
