import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** How often an address gave a password in a header since an instant, good ones taken off again. */
export const PasswordTry = defineEntity({
  name: 'PasswordTry',
  tableName: 'password_try',
  properties: {
    address: p.text().primary(),
    tries: p.integer(),
    since: p.datetime().columnType('timestamptz'),
  },
});
export type PasswordTryEntity = InferEntity<typeof PasswordTry>;
