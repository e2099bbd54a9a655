export function judgeAudit(output: string): { isMade: boolean; isGrave: boolean; lines: string[] };
