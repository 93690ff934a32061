// The explorer. Its parts share one object, `page`: its state, its questions, and what each part adds.

import { makeAddress } from "./address.js";
import { makeAgent } from "./agents.js";
import { makeCanvas } from "./canvas.js";
import { bindControls } from "./controls.js";
import { makeDifference } from "./difference.js";
import { makeDoor } from "./door.js";
import { makeEdits } from "./edits.js";
import { bindGallery } from "./gallery.js";
import { bindHelp } from "./help.js";
import { makeLegend } from "./legend.js";
import { makeLessons } from "./lessons.js";
import { makeMap } from "./map.js";
import { inWords, makeMessages } from "./messages.js";
import { makePinned } from "./pinned.js";
import { bindPointer } from "./pointer.js";
import { makePolicy } from "./policy.js";
import { Refusal } from "./refusal.js";
import { makeRequests } from "./requests.js";
import { makeReveal } from "./reveal.js";
import { makeShare } from "./share.js";
import { makeState } from "./state.js";
import { makeStory } from "./story.js";
import { showTools } from "./tools.js";
import { bindView } from "./view.js";
import { chosenLanguage, fillIn, speak } from "./words.js";
import { makeZoom } from "./zoom.js";

// Begin with a core that answers questions, and a function from a language to its words.
export async function begin({ core, readWords }) {
  const language = chosenLanguage();
  speak(language, await readWords(language));
  fillIn();
  const begun = await core.start().catch((error) => {
    if (error instanceof Refusal) error.message = inWords(error); // which is all that a failed start shows
    throw error;
  });
  const canvas = document.getElementById("board");
  const element = (id) => document.getElementById(id);
  const page = { canvas, element, begun, ...makeState(begun), ...makeRequests(core) };
  const parts = [
    makeMessages, makeAddress, makeCanvas, makeMap, makePinned, makeEdits, makeShare, makeAgent, makeReveal,
    makePolicy, makeDifference, makeDoor,
    bindControls, makeZoom, bindPointer, makeLegend, showTools, bindHelp, bindGallery, bindView, makeStory,
    makeLessons,
  ];
  for (const part of parts) Object.assign(page, part(page));

  addEventListener("hashchange", page.open);
  new ResizeObserver(page.paint).observe(canvas);
  for (const colours of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(colours).addEventListener("change", page.paint);
  }
  document.dispatchEvent(new Event("begun"));
  await page.open();
  return page;
}
