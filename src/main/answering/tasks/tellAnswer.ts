/** The answer to the question as the person put it, from what the model said to the one that it was asked. */
import type { QuestionReading } from '../model/questions/readQuestion.ts';
import { describeAll } from '../model/questions/retell.ts';
import type { AnswerContext } from './answerContext.ts';
import { answersTo } from './askFurther.ts';
import { checkAccount } from './checkAccount.ts';

/** True where it is more than what the model says: it can be told only when that is whole. */
export function isToldLater(context: AnswerContext, question: QuestionReading): boolean {
  return isChecked(context, question) || question.tell !== undefined;
}

export async function tellAnswer(
  context: AnswerContext,
  question: QuestionReading,
  generated: string,
): Promise<string> {
  const said = isChecked(context, question)
    ? await context.clock.time('check', () => checked(context, generated))
    : generated;
  return question.tell ? question.tell(said, await answersTo(context, question.further?.(said) ?? [])) : said;
}

/** A small model's account of all that there is. */
function isChecked({ model }: AnswerContext, { kind, asked }: QuestionReading): boolean {
  return model.questions !== null && (kind === 'account' || asked === describeAll);
}

async function checked({ model, ask }: AnswerContext, account: string): Promise<string> {
  return model.questions
    ? checkAccount(account, model.questions, async (question) => (await ask({ question })).text)
    : account;
}
