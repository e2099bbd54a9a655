/**
 * The webgpu provider against the CPU, operator by operator, on this machine's adapter or on SwiftShader; skipped aloud
 * where neither is found. The whole list is `npm run parity -- --operators`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { comparePiece, type Piece } from '../../tools/parity/providers/comparePiece.ts';
import { smallPieces } from '../../tools/parity/providers/operators.ts';
import { isSoftwareAdapter, offerSoftwareAdapter, whyNoWebgpu } from '../../tools/parity/webgpu.ts';
import { fusedAttention } from '../support/fusedAttention.ts';

const folder = await mkdtemp(join(tmpdir(), 'playhead-operators-'));
offerSoftwareAdapter();
const refused = await whyNoWebgpu(fileURLToPath(new URL('../fixtures/parity/siglip-dual', import.meta.url)));
if (refused !== null) console.warn(`The operators of the GPU path are not checked: ${refused}`);
const patience = { timeout: 300_000 };

describe.skipIf(refused !== null)('on the webgpu provider', () => {
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each([...smallPieces])('the CPU is agreed with by the $name', patience, async (piece) => {
    let compared = 0;
    for await (const result of comparePiece(piece, 'webgpu', folder)) {
      expect(result).toMatchObject({ pass: true });
      compared += 1;
    }
    expect(compared).toBeGreaterThan(0);
  });

  test.skipIf(!isSoftwareAdapter()).each([
    [31, true],
    [36, false],
  ])('fused attention over %i positions is told right or wrong as it is: %s', patience, async (positions, isRight) => {
    const piece: Piece = { name: 'fused', graph: () => fusedAttention(positions, 4, 12) };
    for await (const { pass } of comparePiece(piece, 'webgpu', folder)) expect(pass).toBe(isRight);
  });
});
