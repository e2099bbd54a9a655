export const oldestNodeName: string;
export function isCurrentNode(version?: string): boolean;
