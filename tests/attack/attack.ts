/** One kind of attack: many seeded cases, and a control that shows that the check would see what it looks for. */
export interface Attack {
  name: string;
  /** What must not happen, in words. */
  never: string;
  cases: number;
  /** Why it cannot be run on this machine, in words; left out or null where it can. */
  missing?: string | null;
  /** Gives what went wrong, or null. */
  run(seed: number): Promise<string | null>;
  /** The same check where the protection is taken away: has to give something that went wrong within these cases. */
  control(seed: number): Promise<string | null>;
  controlCases: number;
}
