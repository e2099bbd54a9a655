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
    const stack = this.#stack;
    switch (opcode) {
      case 0x80: // PROTO
        this.#byte();
        return;
      case 0x28: // MARK
        this.#marks.push(stack.length);
        return;
      case 0x7d: // EMPTY_DICT
        stack.push(new Map());
        return;
      case 0x29: // EMPTY_TUPLE
        stack.push([]);
        return;
      case 0x74: // TUPLE
        stack.push(this.#sinceMark());
        return;
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        stack.push(this.#take(opcode - 0x84));
        return;
      case 0x4e: // NONE
        stack.push(null);
        return;
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        stack.push(opcode === 0x88);
        return;
      case 0x4b: // BININT1
        stack.push(this.#byte());
        return;
      case 0x4d: // BININT2
        stack.push(this.#view.getUint16(this.#skip(2), true));
        return;
      case 0x4a: // BININT
        stack.push(this.#view.getInt32(this.#skip(4), true));
        return;
      case 0x8a: // LONG1
        stack.push(this.#long(this.#byte()));
        return;
      case 0x58: // BINUNICODE
        stack.push(this.#text(this.#view.getUint32(this.#skip(4), true)));
        return;
      case 0x71: // BINPUT
        this.#memo.set(this.#byte(), this.#top());
        return;
      case 0x72: // LONG_BINPUT
        this.#memo.set(this.#view.getUint32(this.#skip(4), true), this.#top());
        return;
      case 0x68: // BINGET
        stack.push(this.#remembered(this.#byte()));
        return;
      case 0x6a: // LONG_BINGET
        stack.push(this.#remembered(this.#view.getUint32(this.#skip(4), true)));
        return;
      case 0x63: // GLOBAL
        stack.push(allowedName(`${this.#line()}.${this.#line()}`));
        return;
      case 0x51: // BINPERSID
        stack.push(storageOf(this.#pop()));
        return;
      case 0x52: // REDUCE
        this.#reduce();
        return;
      case 0x62: // BUILD: torch hangs _metadata on the table; it says nothing about values
        this.#pop();
        if (!(this.#top() instanceof Map)) throw new Error('the pickle builds an object that is not a table');
        return;
      case 0x73: // SETITEM
        this.#setItems(this.#take(2));
        return;
      case 0x75: // SETITEMS
        this.#setItems(this.#sinceMark());
        return;
      default:
        throw new Error(`the pickle uses opcode 0x${opcode.toString(16)}, which no table of tensors needs`);
    }
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
