(function () {
  "use strict";
  var all = Array.prototype.slice.call(document.querySelectorAll("details"));
  var before = null;
  document.getElementById("all").addEventListener("click", function () {
    var open = all.some(function (one) { return !one.open; });
    all.forEach(function (one) { one.open = open; });
  });
  // What is closed has no ink: on paper everything stands open.
  window.addEventListener("beforeprint", function () {
    before = all.map(function (one) { return one.open; });
    all.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () {
    if (before) all.forEach(function (one, i) { one.open = before[i]; });
  });
})();
