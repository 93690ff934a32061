// The page as `gridemp explore` serves it.

import { makeServerCore } from "./cores/server.js";
import { begin } from "./explorer.js";

const readWords = async (language) => (await fetch(`words/${language}.json`)).json();

await begin({ core: makeServerCore(), readWords });
