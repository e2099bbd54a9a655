import type { ImportPlan, PlanInput } from './plan.ts';

export async function planDualEncoder({ problems }: PlanInput): Promise<ImportPlan | null> {
  problems.add('dual encoders cannot be imported yet');
  return null;
}
