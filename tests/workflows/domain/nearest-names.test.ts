import { expect, test } from 'vitest';
import { nearestNames } from '../../../workflows/domain/nearest-names.ts';

const BOARDS = ['Service Board', 'NOC', 'Network', 'Escalations', 'Billing'];

test('the likest name comes first, whatever its case', () => {
  expect(nearestNames('nok', BOARDS, 1)).toEqual(['NOC']);
  expect(nearestNames('SERVICE BORAD', BOARDS, 3)[0]).toBe('Service Board');
  expect(nearestNames('Escalation', BOARDS, 1)).toEqual(['Escalations']);
});

test('a part of a name finds it', () => {
  expect(nearestNames('Service', BOARDS, 3)).toContain('Service Board');
});

test('two letters that changed places are one slip', () => {
  expect(nearestNames('Netwrok', ['Artwork', 'Network'], 1)).toEqual(['Network']);
});

test('a long list is looked through quickly and still gives the likest', () => {
  const many = Array.from({ length: 50_000 }, (_, at) => `Customer number ${at} Limited`);
  expect(nearestNames('Initehc', [...many, 'Initech'], 1)).toEqual(['Initech']);
});

test('nothing in common is not offered, nor is a name offered twice', () => {
  expect(nearestNames('zzzzzz', BOARDS, 3)).toEqual([]);
  expect(nearestNames('', BOARDS, 3)).toEqual([]);
  expect(nearestNames('noc', ['NOC', 'NOC'], 3)).toEqual(['NOC']);
});
