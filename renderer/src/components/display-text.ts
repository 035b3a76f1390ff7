// Characters that reorder or hide what follows: a file called `a<override>gpj.exe` would read as `aexe.jpg`.
const TRICKS = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\p{Cc}]/gu;

/** Makes control and direction marks in an untrusted text visible, for display on one line. */
export function displayText(text: string): string {
  return text.replace(TRICKS, '\ufffd');
}
