/**
 * Holds the database file in argv[2] until it is killed: with argv[3] "writing" as a program that writes,
 * with "exclusive" as one that lets nobody else in.
 */
import Database from 'better-sqlite3';

const [, , file, mode] = process.argv;
const db = new Database(file);
if (mode === 'exclusive') db.pragma('locking_mode = EXCLUSIVE');
db.exec('BEGIN IMMEDIATE; UPDATE media SET id = id');
process.stdout.write('locked\n');
setInterval(() => db.open, 1000);
