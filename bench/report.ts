export interface Row {
  what: string;
  value: number;
  unit: string;
  /** What it should be, in words. */
  target?: string;
}

/** The head of a table in Markdown, as `docs/performance.md` holds it. */
export const tableHead = '| what | measured | target |\n|---|---|---|';

export function tableRow({ what, value, unit, target }: Row): string {
  return `| ${what} | ${rounded(value)}${unit && ` ${unit}`} | ${target ?? ''} |`;
}

function rounded(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
