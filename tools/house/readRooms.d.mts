export function readRooms(projectFolder: string): Map<string, string[]>;
export function compareRooms(page: string, rooms: Map<string, string[]>): string[];
export function writeTable(page: string, rooms: Map<string, string[]>): string;
