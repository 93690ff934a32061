// Sliders that may have only some values. The positions of such a slider are those of its values in
// a list, so that each key press and each step of a drag leads to another value.

const offered = new Map(); // by slider: its values, and the attributes that it has without them

// Give a slider some values in ascending order, or all of them again with null.
export function offer(slider, values) {
  const before = offered.get(slider);
  if (String(values) === String(before?.values ?? null)) return;
  const { min, max, step } = before?.usual ?? slider;
  const usual = { min, max, step };
  offered.delete(slider);
  Object.assign(slider, usual);
  if (!values) return;
  offered.set(slider, { values, usual });
  Object.assign(slider, { min: 0, max: values.length - 1, step: 1 });
}

export function valueOf(slider) {
  return offered.get(slider)?.values[slider.value] ?? Number(slider.value);
}

// Show a value, or else the nearest that the slider has; `words` are for those who do not see it.
export function showValue(slider, value, words) {
  const values = offered.get(slider)?.values;
  const far = (index) => Math.abs(values[index] - value);
  slider.value = values ? [...values.keys()].reduce((one, other) => (far(other) < far(one) ? other : one)) : value;
  slider.setAttribute("aria-valuetext", words);
}
