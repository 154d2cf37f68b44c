/** Of an endpoint as it is answered, what the form holds: the same names. */
export function editedPart(form: object, answer: object): object {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => Object.hasOwn(form, name)));
}
