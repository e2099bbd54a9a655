import { expect, test } from 'vitest';
import { padTokens } from '../../../src/main/answering/model/dualEncoder.ts';

test('a short text is padded to the length of the encoder', () => {
  expect(padTokens([5, 6], { maxLength: 4, padTokenId: 1, eosTokenId: null })).toEqual([5, 6, 1, 1]);
});

test('a long text is cut and still ends with the token that closes it', () => {
  expect(padTokens([1, 2, 3, 4, 9], { maxLength: 3, padTokenId: 0, eosTokenId: 9 })).toEqual([1, 2, 9]);
  expect(padTokens([1, 2, 3, 4, 7], { maxLength: 3, padTokenId: 0, eosTokenId: null })).toEqual([1, 2, 7]);
});
