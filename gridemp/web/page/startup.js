// Tells the reader why the page did not start. This is a plain script in old JavaScript, so that browsers
// that are too old for the page can run it, too. The reasons that a page can have stand in #failed, each with
// its sentence, and data-needs of its body lists the features that it needs.

(function () {
  var PATIENCE = 10000; // milliseconds without an answer
  var FEATURES = {
    modules: "noModule" in document.createElement("script"),
    streams: typeof DecompressionStream === "function" && typeof TextDecoderStream === "function",
    arrays: typeof Array.prototype.with === "function",
    dialogs: typeof HTMLDialogElement === "function",
    selectors: Boolean(window.CSS && CSS.supports && CSS.supports("selector(:has(a))"))
  };
  var root = document.documentElement;
  var begun = false;
  var timer = setTimeout(function () { fail("silent"); }, PATIENCE);

  // Show the sentence for a reason, "old", "silent" or "broken", and hide the rest of the page.
  function fail(reason, details) {
    var place = document.getElementById("failed");
    if (begun || !place || !place.hidden) return;
    if (isOld()) reason = "old";
    if (!sentence(reason)) return;
    sentence(reason).hidden = false;
    document.getElementById("failed-details").textContent = details || "";
    place.hidden = false;
    root.className = "failed";
  }

  // True if the browser lacks a feature that the page needs.
  function isOld() {
    var needed = document.body.getAttribute("data-needs").split(" ");
    return needed.some(function (feature) { return !FEATURES[feature]; });
  }

  function sentence(reason) {
    return document.querySelector("[data-failed=" + reason + "]");
  }

  function failBy(error) {
    if (error && error.kind === "gone") return fail("silent");
    fail("broken", error && error.kind ? error.message : String(error));
  }

  window.addEventListener("error", function (event) {
    if (event.target !== window) fail("silent"); // a file of the page did not arrive
    else if (event.error instanceof SyntaxError) fail("old", String(event.error));
    else failBy(event.error || event.message);
  }, true);
  window.addEventListener("unhandledrejection", function (event) { failBy(event.reason); });
  document.addEventListener("begun", function () {
    begun = true;
    clearTimeout(timer);
    if (!sentence("silent") || sentence("silent").hidden) return;
    document.getElementById("failed").hidden = true; // a late answer is an answer
    root.className = "";
  });
  document.addEventListener("DOMContentLoaded", function () {
    if (isOld()) fail("old");
  });
})();
