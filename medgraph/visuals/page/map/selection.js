'use strict';
// What is selected: a click selects one node, with Ctrl or Shift it joins or leaves the others.
(function () {
  var map = window.medgraphMap, selected = [];
  function say() {
    var said = map.$('selected');
    said.hidden = selected.length < 2;
    said.textContent = map.filled('selected', { count: selected.length });
    map.tell(selected.map(function (number) { return map.nodes[number].id; }));
  }
  map.select = function (numbers) {
    selected = numbers.slice();
    say();
  };
  map.selectMore = function (number) {
    var at = selected.indexOf(number);
    if (at < 0) selected.push(number); else selected.splice(at, 1);
    say();
    map.redraw();
  };
  map.isMore = function (event) { return event.ctrlKey || event.shiftKey || event.metaKey; };
  map.overlays.push(function (pen, view) {
    if (selected.length < 2) return;
    pen.strokeStyle = map.colours.focus;
    pen.lineWidth = 4;
    selected.forEach(function (number) {
      if (!map.visible[number]) return;
      var at = map.place(number);
      pen.beginPath();
      pen.arc((at.x - view.x) * view.scale + view.wide / 2, (at.y - view.y) * view.scale + view.high / 2, 18, 0, 2 * Math.PI);
      pen.stroke();
    });
  });
  map.sayings.push(say);
}());
