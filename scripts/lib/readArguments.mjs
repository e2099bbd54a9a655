/** The arguments of a program: help that is asked for is shown, and what is not understood is told with the usage. */
import { parseArgs } from 'node:util';

/**
 * As node:util's `parseArgs`, with `--help` and `-h`. Ends the process with 0 after help that was asked for, with 2
 * after a wrong argument.
 * @param usage what `--help` prints
 * @param config as of `parseArgs`
 */
export function readArguments(usage, config) {
  const options = { ...config.options, help: { type: 'boolean', short: 'h' } };
  try {
    const parsed = parseArgs({ ...config, options });
    if (!parsed.values.help) return parsed;
    console.log(usage);
    process.exit(0);
  } catch (error) {
    if (!String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
    refuseArguments(error.message.split('. ')[0], usage);
  }
}

/** Says what is wrong with the arguments, and how they are meant; ends the process with 2. */
export function refuseArguments(problem, usage) {
  console.error(`${problem.replace(/\.$/, '')}.\n\n${usage}`);
  process.exit(2);
}

/** A number of at least `least`, or the end of the process with 2. */
export function readNumber(text, { name, usage, least = 0 }) {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least)) {
    refuseArguments(`--${name} is a number of at least ${least}, not "${text}"`, usage);
  }
  return value;
}

/** One of the choices, or the end of the process with 2. */
export function readChoice(text, { name, usage, choices }) {
  if (!choices.includes(text)) refuseArguments(`--${name} is one of ${choices.join(', ')}, not "${text}"`, usage);
  return text;
}
