/**
 * The one kind of pickle that is read here: a torch state dict, names with tensors. Nothing is ever executed:
 * the parser knows the opcodes that such a file consists of, five names, and refuses every other opcode and name.
 * Source: Python `Lib/pickletools.py` (opcodes); torch `serialization.py`, `_utils.py` (what torch.save writes).
 */
import { allowedName, type Item, Name, type PickledTensor, storageOf, Tensor, tensorOf } from './pickledTensor.ts';

/** @throws Error saying what it refused, for anything but a state dict of dense tensors. */
export function unpickleTensors(bytes: Uint8Array): Map<string, PickledTensor> {
  const root = new Unpickler(bytes).run();
  if (!(root instanceof Map)) throw new Error('the pickle is not a table of tensors');
  const tensors = new Map<string, PickledTensor>();
  for (const [name, item] of root) {
    if (!(item instanceof Tensor)) throw new Error(`${name} is not a tensor`);
    tensors.set(name, item.value);
  }
  return tensors;
}

class Unpickler {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #stack: Item[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, Item>();
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  run(): Item {
    for (;;) {
      const opcode = this.#byte();
      if (opcode === 0x2e) return this.#pop(); // STOP
      this.#step(opcode);
    }
  }

  #step(opcode: number): void {
    const give = this.#values[opcode];
    const act = this.#actions[opcode];
    if (give) this.#stack.push(give());
    else if (act) act();
    else throw new Error(`the pickle uses opcode 0x${opcode.toString(16)}, which no table of tensors needs`);
  }

  /** Opcodes that put one thing on the stack. */
  readonly #values: Record<number, () => Item> = {
    125: () => new Map(), // EMPTY_DICT
    41: () => [], // EMPTY_TUPLE
    116: () => this.#sinceMark(), // TUPLE
    133: () => this.#take(1), // TUPLE1
    134: () => this.#take(2), // TUPLE2
    135: () => this.#take(3), // TUPLE3
    78: () => null, // NONE
    136: () => true, // NEWTRUE
    137: () => false, // NEWFALSE
    75: () => this.#byte(), // BININT1
    77: () => this.#view.getUint16(this.#skip(2), true), // BININT2
    74: () => this.#view.getInt32(this.#skip(4), true), // BININT
    138: () => this.#long(this.#byte()), // LONG1
    88: () => this.#text(this.#view.getUint32(this.#skip(4), true)), // BINUNICODE
    104: () => this.#remembered(this.#byte()), // BINGET
    106: () => this.#remembered(this.#view.getUint32(this.#skip(4), true)), // LONG_BINGET
    99: () => allowedName(`${this.#line()}.${this.#line()}`), // GLOBAL
    81: () => storageOf(this.#pop()), // BINPERSID
  };

  readonly #actions: Record<number, () => void> = {
    128: () => void this.#byte(), // PROTO
    40: () => void this.#marks.push(this.#stack.length), // MARK
    113: () => void this.#memo.set(this.#byte(), this.#top()), // BINPUT
    114: () => void this.#memo.set(this.#view.getUint32(this.#skip(4), true), this.#top()), // LONG_BINPUT
    82: () => this.#reduce(), // REDUCE
    98: () => this.#build(), // BUILD
    115: () => this.#setItems(this.#take(2)), // SETITEM
    117: () => this.#setItems(this.#sinceMark()), // SETITEMS
  };

  /** torch hangs _metadata on the table; it says nothing about values. */
  #build(): void {
    this.#pop();
    if (!(this.#top() instanceof Map)) throw new Error('the pickle builds an object that is not a table');
  }

  #reduce(): void {
    const args = this.#pop();
    const name = this.#pop();
    if (!(name instanceof Name) || !Array.isArray(args))
      throw new Error('the pickle calls something that is not a name');
    if (name.path === 'collections.OrderedDict' && args.length === 0) this.#stack.push(new Map());
    else if (name.path === 'torch._utils._rebuild_tensor_v2') this.#stack.push(tensorOf(args));
    else if (name.path === 'torch._utils._rebuild_parameter' && args[0] instanceof Tensor) this.#stack.push(args[0]);
    else throw new Error(`the pickle calls ${name.path} in a way that gives no tensor`);
  }

  #setItems(items: Item[]): void {
    const table = this.#top();
    if (!(table instanceof Map) || items.length % 2 !== 0)
      throw new Error('the pickle fills something that is not a table');
    for (let i = 0; i < items.length; i += 2) {
      const [key, value] = [items[i], items[i + 1]];
      if (typeof key !== 'string') throw new Error('the pickle has a key that is not text');
      table.set(key, value as Item);
    }
  }

  #byte(): number {
    return this.#view.getUint8(this.#skip(1));
  }

  /** Steps over `count` bytes; gives where they began. */
  #skip(count: number): number {
    const start = this.#at;
    if (start + count > this.#bytes.length) throw new Error('the pickle is truncated');
    this.#at += count;
    return start;
  }

  #text(length: number): string {
    const start = this.#skip(length);
    return new TextDecoder('utf-8', { fatal: true }).decode(this.#bytes.subarray(start, start + length));
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw new Error('the pickle is truncated');
    const text = this.#text(end - this.#at);
    this.#at = end + 1;
    return text;
  }

  #long(length: number): number {
    if (length > 8) throw new Error('the pickle has a number that is too large');
    const start = this.#skip(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.#bytes[start + i] as number);
    return Number(BigInt.asIntN(8 * Math.max(1, length), value));
  }

  #top(): Item {
    const item = this.#stack.at(-1);
    if (item === undefined) throw new Error('the pickle reads from an empty stack');
    return item;
  }

  #pop(): Item {
    const item = this.#top();
    this.#stack.pop();
    return item;
  }

  #take(count: number): Item[] {
    if (this.#stack.length < count) throw new Error('the pickle reads from an empty stack');
    return this.#stack.splice(this.#stack.length - count);
  }

  #sinceMark(): Item[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw new Error('the pickle has no mark where it needs one');
    return this.#stack.splice(mark);
  }

  #remembered(index: number): Item {
    const item = this.#memo.get(index);
    if (item === undefined) throw new Error('the pickle asks for something that it never kept');
    return item;
  }
}
