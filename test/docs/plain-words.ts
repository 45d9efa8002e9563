/** Words that this project does not use in what people read, each with what it uses. */
const refused: readonly (readonly [words: RegExp, instead: string])[] = [
  [/\b(?:how the tokens were )?had\b/i, 'has, was, or another verb'],
  [/\bgot\b/i, 'received, obtained'],
  [/\b(?:out)?lives\b|\b(?:out)?lived\b|\blive on\b|(?<!keep-)\balive\b/i, 'works, is valid, lasts'],
  [/\bdies?\b|\bdied\b|\bdying\b|\bdead\b/i, 'expires, was revoked, no longer works'],
  [/\bmend(?:s|ed|ing)?\b/i, 'fix, correct'],
  [/\bput(?:s|ting)? (?:it |them )?aside\b/i, 'ignore'],
  [/\bseldom\b/i, 'less often, rarely'],
  [/\b(?:is|are|was|were|be) there\b|\bnobody there\b/i, 'exists, is available; nobody can sign in'],
  [/\bempty is nothing\b/i, 'say what an empty value does'],
  [/\bthe silent way\b/i, 'without a prompt'],
  [/\banswer(?:s|ed|ing)?\b/i, 'response, respond'],
  [/\bend points?\b/i, 'endpoint'],
  [/\blearnt\b/i, 'learned'],
  [/\bprecious\b|\bkeepsakes?\b/i, 'stored sign-in'],
  [/\bfor ever\b/i, 'forever, without end'],
  [/\btold as\b|\btold apart\b/i, 'reported as, distinguished'],
  [/\bcentres?\b|\bcolours?\b|\bbehaviours?\b|\blicences?\b|\brecognises?\b/i, 'American spelling'],
];

/** What is wrong with the words of a text. */
export function refusedWordsIn(text: string): readonly string[] {
  return refused.flatMap(([words, instead]) => {
    const found = words.exec(text)?.[0];
    return found === undefined ? [] : [`"${found}" (${instead}): ${around(text, found)}`];
  });
}

function around(text: string, word: string): string {
  const at = text.indexOf(word);
  return text.slice(Math.max(0, at - 50), at + word.length + 50).replace(/\s+/g, ' ');
}
