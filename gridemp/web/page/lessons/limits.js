// In a lesson, the page has only the tools, settings and parts that the step allows.

// The elements of each part among the controls; `reveal` has a place of its own.
const PARTS = {
  agent: ["play", "agent"], curve: ["pinned", "curve", "curve-note"], reveal: [],
  difference: ["difference", "difference-words"], door: ["door", "door-words"],
};
const WITH_LEGEND = ["agent", "curve"];
const LEFT_OUT = "left-out";

export function makeLimits(page) {
  const { state, element } = page;
  const form = element("controls");
  let restore = [];
  let lists = {}; // values of settings, as far as the step lists them

  // Show nothing but what is allowed; `controls` maps names of settings to lists of values or true.
  // The tool is one of those allowed, with `toolFirst` the first.
  function limit({ tools, show, controls }, { toolFirst }) {
    unlimit();
    document.body.classList.add("in-lesson");
    const allowed = new Set();
    for (const [name, values] of Object.entries(controls)) {
      for (const each of rowOf(name)) allowed.add(each);
      if (values === true) continue;
      lists[name] = values;
      restore.push(withOptions(element(name), values));
    }
    for (const part of show) {
      for (const each of PARTS[part].flatMap(rowOf)) allowed.add(each);
      if (WITH_LEGEND.includes(part)) allowed.add(element(PARTS[part][0]).closest("fieldset").querySelector("legend"));
    }
    const places = [...form.querySelectorAll("fieldset > *, fieldset, details, summary"), ...form.children];
    for (const place of places) leaveOut(place, !allowed.has(place) && ![...allowed].some((each) => place.contains(each)));
    for (const details of form.querySelectorAll(`details:not(.${LEFT_OUT})`)) {
      const { open } = details;
      details.open = true;
      restore.push(() => (details.open = open));
    }
    leaveOut(form, allowed.size === 0);
    leaveOut(element("reveal"), !show.includes("reveal"));
    if (!show.includes("reveal")) page.closeReveal();
    if (!show.includes("difference")) element("difference").checked = false;
    limitTools(tools, toolFirst);
  }

  function limitTools(tools, first) {
    for (const input of document.querySelectorAll("#tools input")) {
      leaveOut(input.closest("label"), !tools.includes(input.value));
    }
    leaveOut(element("tools"), tools.length < 2);
    if (tools.length && (first || !tools.includes(state.tool))) page.chooseTool(tools[0]);
  }

  function unlimit() {
    document.body.classList.remove("in-lesson");
    for (const each of document.querySelectorAll(`.${LEFT_OUT}`)) leaveOut(each, false);
    for (const undo of restore) undo();
    restore = [];
    lists = {};
  }

  // Return the parts of an element's row: its label, the element, its explanation, its refusals.
  function rowOf(name) {
    const parts = [
      element(name), form.querySelector(`label[for=${name}], #${name}-label`), element(`help-${name}`),
      form.querySelector(`[data-refusal~=${name}]`),
    ];
    return parts.filter(Boolean).map((part) => part.closest("fieldset > *"));
  }

  return { limit, unlimit, listed: (name) => lists[name] ?? null };
}

function leaveOut(place, out) {
  place.classList.toggle(LEFT_OUT, out);
}

// Leave a list only some of its options, and return a function that gives it all of them again.
function withOptions(control, values) {
  const left = [...(control.options ?? [])].filter((option) => !values.includes(option.value));
  for (const option of left) option.hidden = true;
  return () => left.forEach((option) => (option.hidden = false));
}
