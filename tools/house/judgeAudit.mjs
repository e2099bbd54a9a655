/** What `npm audit --json` says, in words: what is known to be vulnerable, or that nobody could be asked. */

/** Severities that fail the audit. */
const grave = ['high', 'critical'];

/**
 * @param output of `npm audit --json`
 * @returns `isMade`: the registry answered; `isGrave`: something must be done; `lines` to print
 */
export function judgeAudit(output) {
  const report = parse(output);
  if (report?.vulnerabilities === undefined) {
    const reason = report?.message ?? report?.error?.summary ?? 'npm gave no report';
    return { isMade: false, isGrave: false, lines: [`No audit was made, the registry does not answer: ${reason}`] };
  }
  const found = Object.values(report.vulnerabilities);
  const lines = found.map(({ name, severity, range, via }) => {
    const why = via.map((cause) => (typeof cause === 'string' ? `by ${cause}` : `${cause.title} (${cause.url})`));
    return `${severity}: ${name} ${range}: ${why.join('; ')}`;
  });
  return {
    isMade: true,
    isGrave: found.some(({ severity }) => grave.includes(severity)),
    lines: [...lines, `${found.length} of the packages that ship are known to be vulnerable.`],
  };
}

function parse(output) {
  try {
    return JSON.parse(output);
  } catch {
    return null;
  }
}
