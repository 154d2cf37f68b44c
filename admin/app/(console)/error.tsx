'use client';

import ErrorPage from '../error.tsx';

/** A page that fails leaves the navigation standing. */
export default ErrorPage;
