export function listLicences(folder: string): { name: string; version: string; licence: string }[];
