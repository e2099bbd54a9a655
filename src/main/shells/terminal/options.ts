/** The options that several commands know, and how a value is read: what is none is told with the help of its command. */
import { InvalidArgumentError, Option } from 'commander';
import { deviceChoices } from '../../../contract/index.ts';

export const jsonOption = new Option('--json', 'print the result as JSON on stdout');
export const libraryOption = new Option('--library <folder>', 'the library to work with');
export const modelOptions = [
  new Option('--model <bundle>', 'the model bundle to answer with'),
  new Option('--provider <name>', 'what computes, in place of what is stored').choices(deviceChoices),
];
/** Of a command that opens the engine. */
export const engineOptions = [jsonOption, libraryOption, ...modelOptions];
/** Of a command that works on a clip; they are read as `ClipFlags`. */
export const clipOptions = [
  new Option('--start <seconds>', 'start of the clip').argParser(seconds),
  new Option('--end <seconds>', 'end of the clip').argParser(seconds),
  new Option('--details', 'print the model, the tokens and the seconds of each stage'),
];

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It is not a number.');
  if (value < 0) throw new InvalidArgumentError('It is before the beginning.');
  return value;
}

/** @param most the largest that makes sense; what is none from `least` on is told with both */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is not a whole number from ${least} to ${most}.`);
  };
}
