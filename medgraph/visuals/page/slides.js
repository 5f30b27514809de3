/* A presentation: one slide after the other by keys, by a click, or by touch. */
(function () {
  "use strict";
  var slides = Array.prototype.slice.call(document.querySelectorAll("section"));
  var now = 0;

  function show(number) {
    var next = Math.max(0, Math.min(number, slides.length - 1));
    slides[now].hidden = true;
    now = next;
    slides[now].hidden = false;
    document.querySelector(".said").textContent = slides[now].querySelector("img").alt;
  }

  var steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, Enter: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1 };
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Home") show(0);
    else if (event.key === "End") show(slides.length - 1);
    else if (event.key === "f" && document.fullscreenEnabled) document.documentElement.requestFullscreen();
    else if (steps[event.key]) show(now + (event.key === " " && event.shiftKey ? -1 : steps[event.key]));
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", function (event) { show(now + (event.clientX < window.innerWidth / 3 ? -1 : 1)); });
  document.querySelector("main").focus();
})();
