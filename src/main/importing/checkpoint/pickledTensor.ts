/** What may stand in a pickled table of tensors: five sorts of names, storages, tensors. Everything else is refused. */
import { countOf, type StoredDtype } from './storedTensor.ts';

/** A tensor that a pickle describes: its values lie in the storage `key`, `offset` values from its start. */
export interface PickledTensor {
  dtype: StoredDtype;
  key: string;
  /** Values in the whole storage. */
  storageCount: number;
  offset: number;
  shape: number[];
}

const storageTypes: Record<string, StoredDtype> = {
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  DoubleStorage: 'F64',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
};

export class Name {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}
export class Storage {
  readonly dtype: StoredDtype;
  readonly key: string;
  readonly count: number;
  constructor(dtype: StoredDtype, key: string, count: number) {
    this.dtype = dtype;
    this.key = key;
    this.count = count;
  }
}
export class Tensor {
  readonly value: PickledTensor;
  constructor(value: PickledTensor) {
    this.value = value;
  }
}
export type Item = string | number | boolean | null | Item[] | Map<string, Item> | Name | Storage | Tensor;

/** @throws Error for every name that no table of tensors needs. */
export function allowedName(path: string): Name {
  const [module, type = ''] = path.split(/\.(?=[^.]*$)/);
  const known =
    path === 'collections.OrderedDict' ||
    path === 'torch._utils._rebuild_tensor_v2' ||
    path === 'torch._utils._rebuild_parameter' ||
    (module === 'torch' && Object.hasOwn(storageTypes, type));
  if (!known) throw new Error(`the pickle names ${path}, which no table of tensors needs`);
  return new Name(path);
}

/** ('storage', torch.FloatStorage, key, device, count) */
export function storageOf(id: Item): Storage {
  const [word, type, key, , count] = Array.isArray(id) ? id : [];
  const dtype = type instanceof Name ? storageTypes[type.path.replace('torch.', '')] : undefined;
  if (word !== 'storage' || !dtype || typeof key !== 'string' || !isCount(count))
    throw new Error('the pickle refers to something that is not a storage');
  return new Storage(dtype, key, count);
}

/** (storage, offset, size, stride, requires_grad, hooks) */
export function tensorOf([storage, offset, size, stride]: Item[]): Tensor {
  if (!(storage instanceof Storage) || !isCount(offset) || !isShape(size) || !isShape(stride))
    throw new Error('the pickle describes a tensor that cannot be understood');
  let step = 1;
  for (let i = size.length - 1; i >= 0; i--) {
    if ((size[i] as number) > 1 && stride[i] !== step)
      throw new Error('the pickle holds a tensor that is not contiguous');
    step *= size[i] as number;
  }
  if (offset + countOf(size) > storage.count) throw new Error('the pickle describes a tensor larger than its storage');
  return new Tensor({ dtype: storage.dtype, key: storage.key, storageCount: storage.count, offset, shape: size });
}

function isCount(item: Item | undefined): item is number {
  return typeof item === 'number' && Number.isSafeInteger(item) && item >= 0;
}

function isShape(item: Item | undefined): item is number[] {
  return Array.isArray(item) && item.every(isCount);
}
