// Rules of a maze: the agent walks, pushes boxes, slides on ice, is carried by conveyors and gets
// stuck in traps. Positions are numbers of cells; boxes are the cells of all boxes, ascending.

import { cellsWith } from "./maze.js";
import { CORNERS, DIRECTIONS, HEADINGS, TURNS, makeTarget } from "./moves.js";

const BELTS = { "^": 0, ">": 1, v: 2, "<": 3 }; // and the direction of each

export function makeDynamics(maze, torus, diagonals) {
  const target = makeTarget(maze, torus);
  const cells = maze.places.length;
  const directions = DIRECTIONS.slice(0, diagonals ? 8 : 4).map((_, direction) => direction);
  const targets = directions.map((direction) => Int32Array.from({ length: cells }, (_, cell) => target(cell, direction)));
  const trap = cellsWith(maze, "T");
  const ice = cellsWith(maze, "~");
  const belts = Int8Array.from(maze.places, (place) => BELTS[maze.letters[place]] ?? -1);
  const carries = belts.some((belt) => belt >= 0);

  // Return whether no box blocks either way round the corner of a diagonal step.
  function isRoundFree(cell, boxes, direction) {
    if (!boxes.length || !CORNERS[direction]) return true;
    return CORNERS[direction].every((way) => {
      const corner = targets[way][cell];
      return corner === cell || !boxes.includes(corner);
    });
  }

  // Return whether a step leads to another cell that holds no box.
  function isOpen(cell, boxes, direction) {
    const next = targets[direction][cell];
    return next !== cell && !boxes.includes(next) && isRoundFree(cell, boxes, direction);
  }

  // Return the agent and the boxes after one step; a box in the way is pushed if it can move.
  function walked(agent, boxes, direction) {
    const next = targets[direction][agent];
    if (!boxes.length) return { agent: next, boxes };
    const stays = { agent, boxes };
    if (next === agent || !isRoundFree(agent, boxes, direction)) return stays;
    if (!boxes.includes(next)) return { agent: next, boxes };
    const behind = targets[direction][next];
    if (behind === agent || !isOpen(next, boxes, direction)) return stays;
    const pushed = boxes.map((box) => (box === next ? behind : box)).sort((one, other) => one - other);
    return { agent: next, boxes: pushed };
  }

  // Return the agent after it has slid over ice until something stops it. One that slides all the
  // way round a torus stops where the motion began.
  function slid(agent, boxes, direction, began) {
    while (ice && ice[agent] && agent !== began && isOpen(agent, boxes, direction)) {
      agent = targets[direction][agent];
    }
    return agent;
  }

  function carried(agent, boxes) {
    const belt = belts[agent];
    if (belt < 0 || !isOpen(agent, boxes, belt)) return agent;
    return slid(targets[belt][agent], boxes, belt, agent);
  }

  function after({ agent, heading, boxes }, action) {
    if (trap?.[agent]) return { agent, heading, boxes };
    if (action in TURNS) {
      heading = (heading + TURNS[action]) % HEADINGS.length;
    } else if (action !== "stay") {
      const direction = action === "forward" ? heading : DIRECTIONS.indexOf(action);
      const began = agent;
      ({ agent, boxes } = walked(began, boxes, direction));
      agent = slid(agent, boxes, direction, began);
    }
    return { agent: carries ? carried(agent, boxes) : agent, heading, boxes };
  }

  return {
    after,
    // Directions in which a step from a state changes the cell of the agent.
    open: ({ agent, boxes }) => directions.filter((way) => walked(agent, boxes, way).agent !== agent),
    // Read the walls around some cells again.
    renew(changed) {
      for (const cell of changed) for (const way of directions) targets[way][cell] = target(cell, way);
    },
    // Objects that carry the agent farther than one cell.
    carries: carries || ice !== null,
  };
}
