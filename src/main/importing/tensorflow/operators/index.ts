/** Every operator of TensorFlow's that has a counterpart here. One family, one file; a new operator is a row in one. */
import { convolution } from './convolution.ts';
import { elementwise } from './elementwise.ts';
import { layout } from './layout.ts';
import { matrixProduct } from './matrixProduct.ts';
import type { OperatorTable } from './operator.ts';
import { pooling } from './pooling.ts';
import { reduction } from './reduction.ts';
import { selection } from './selection.ts';

export const operators: OperatorTable = {
  ...convolution,
  ...elementwise,
  ...layout,
  ...matrixProduct,
  ...pooling,
  ...reduction,
  ...selection,
};

/** Loops and branches, and the lists that loops fill: an ONNX graph of plain operators has no place for them. */
export const controlFlow: ReadonlySet<string> = new Set([
  ...['Enter', 'Exit', 'Merge', 'NextIteration', 'Switch', 'LoopCond'],
  ...['If', 'StatelessIf', 'While', 'StatelessWhile', 'PartitionedCall', 'StatefulPartitionedCall'],
  ...['TensorArrayV3', 'TensorArrayReadV3', 'TensorArrayWriteV3', 'TensorArrayGatherV3', 'TensorArrayScatterV3'],
  ...['TensorArrayConcatV3', 'TensorArraySizeV3', 'TensorArrayCloseV3'],
  ...['TensorListReserve', 'TensorListFromTensor', 'TensorListGetItem', 'TensorListSetItem', 'TensorListStack'],
]);
