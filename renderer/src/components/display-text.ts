// Marks that reorder or hide what follows: a file called `a<override>gpj.exe` would read as `aexe.jpg`.
const TRICKS = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\p{Cc}]/gu;

/** A text from outside with its control and direction marks made visible, for one line of display. */
export function displayText(text: string): string {
  return text.replace(TRICKS, '\ufffd');
}
