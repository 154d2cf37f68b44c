import { authRoute } from '../../../../server/users/auth-route.ts';

export { authRoute as GET, authRoute as POST };
