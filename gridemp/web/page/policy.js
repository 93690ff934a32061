// The arrows of a policy, and the policy of the agent.

export function makePolicy(page) {
  const { state, element } = page;
  let shown = null; // {map, arrows}

  async function showPolicy() {
    const { map, settings } = state;
    if (!settings.arrows || !map || state.veiled) {
      page.callOff("arrows");
      shown = null;
      return page.paint();
    }
    try {
      const answer = await page.ask("arrows", { ...page.question(), policy: settings.arrows });
      if (answer === null) return;
      const arrows = answer.arrows.map(({ x, y, heading, actions }) => ({ cell: page.cellOf({ x, y }), heading, actions }));
      shown = { map, arrows };
    } catch (error) {
      shown = null;
      page.refuse(error, error.field === "policy" ? "arrows" : error.field);
    }
    page.paint();
  }

  element("arrows").addEventListener("change", ({ target }) => page.change({ arrows: target.value || null }));
  element("policy").addEventListener("change", ({ target }) => page.change({ policy: target.value }));
  // The arrows are those of the map that is shown, or there are none.
  return { showPolicy, policyShown: () => (shown?.map === state.map && !state.partial && !state.veiled ? shown?.arrows : null) };
}
