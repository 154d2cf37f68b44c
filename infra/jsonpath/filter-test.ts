import type { Json } from '../../workflows/contracts/json.ts';
import { isSenderNumber, memberOf } from '../../workflows/domain/sender-number.ts';
import type { CompareOperator, FilterSyntax, Operand, SingularPath } from './path-syntax.ts';

/** Whether a value passes a filter. A missing value equals only another missing one and is never less or greater. */
export function passesFilter(test: FilterSyntax, current: Json, root: Json): boolean {
  switch (test.kind) {
    case 'and':
      return passesFilter(test.left, current, root) && passesFilter(test.right, current, root);
    case 'or':
      return passesFilter(test.left, current, root) || passesFilter(test.right, current, root);
    case 'not':
      return !passesFilter(test.inner, current, root);
    case 'exists':
      return valueAt(test.path, current, root) !== undefined;
    case 'compare':
      return compare(test.operator, operandValue(test.left, current, root), operandValue(test.right, current, root));
  }
}

/** The item of a list, counted from the end when negative. */
export function itemAt(value: Json | undefined, index: number): Json | undefined {
  return Array.isArray(value) ? value.at(index) : undefined;
}

function valueAt(path: SingularPath, current: Json, root: Json): Json | undefined {
  let value: Json | undefined = path.from === 'current' ? current : root;
  for (const step of path.steps) value = typeof step === 'number' ? itemAt(value, step) : memberOf(value, step);
  return value;
}

function operandValue(operand: Operand, current: Json, root: Json): Json | undefined {
  return operand.kind === 'literal' ? operand.value : valueAt(operand.path, current, root);
}

function compare(operator: CompareOperator, left: Json | undefined, right: Json | undefined): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case '<':
      return isLess(left, right);
    case '>':
      return isLess(right, left);
    case '<=':
      return isLess(left, right) || isEqual(left, right);
    case '>=':
      return isLess(right, left) || isEqual(left, right);
  }
}

function isEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  const order = compareNumbers(left, right);
  if (order !== null) return order === 0;
  return typeof left !== 'object' && left === right ? true : left === null && right === null;
}

function isLess(left: Json | undefined, right: Json | undefined): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left < right;
  const order = compareNumbers(left, right);
  return order !== null && order < 0;
}

/** Whole numbers are compared digit for digit, others as JavaScript has them; null where one is no number. */
function compareNumbers(left: Json | undefined, right: Json | undefined): number | null {
  if (typeof left === 'number' && typeof right === 'number') return order(left, right);
  const [first, second] = [digitsOf(left), digitsOf(right)];
  if (first === null || second === null) return null;
  if (isInteger(first) && isInteger(second)) return order(BigInt(first), BigInt(second));
  return order(Number(first), Number(second));
}

function digitsOf(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return isSenderNumber(value) ? value.digits : null;
}

function order<T extends number | bigint>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function isInteger(digits: string): boolean {
  return digits.length <= 100 && /^-?\d+$/.test(digits);
}
