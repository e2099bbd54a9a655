/** English words that say nothing about what is seen or heard, or only that something is looked for ("a clip of"). A question of such words alone keeps them all. */
export const stopWords: ReadonlySet<string> = new Set(
  `a an the and or but of in on at to into onto from by for with without as is are was were be been being am
   it its this that these those there here i me my we us our you your he him his she her they them their
   what where when who whom whose which why how do does did doing can could will would shall should may might
   has have had having not no so than then too very just some any all both each
   s t show find give tell please something about
   video videos clip clips footage film movie scene scenes moment moments photo picture image shot`
    .trim()
    .split(/\s+/),
);
