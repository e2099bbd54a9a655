export interface Row {
  what: string;
  value: number;
  unit: string;
  /** What it should be, in words. */
  target?: string;
}

/** A table in Markdown, as `docs/performance.md` holds it. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ what, value, unit, target }) => `| ${what} | ${rounded(value)} ${unit} | ${target ?? ''} |`,
  );
  return ['| what | measured | target |', '|---|---|---|', ...lines].join('\n');
}

function rounded(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
