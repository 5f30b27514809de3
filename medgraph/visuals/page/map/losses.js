'use strict';
// Who loses what if a facility stops, as `resilience dependents` answers.
(function () {
  var map = window.medgraphMap, data = map.data, word = map.word, element = map.element;
  var ofStop = new Map(), marked = [];
  (data.losses || []).forEach(function (row) {
    var losers = [], number = 0;
    row[3].forEach(function (step) { number += step; losers.push(number); });
    if (!ofStop.has(row[1])) ofStop.set(row[1], []);
    ofStop.get(row[1]).push({ kind: row[0], isSure: row[2], losers: losers });
  });
  map.lossesOf = function (id) { return ofStop.get(map.byId.get(id).number) || []; };
  map.sections.push(function (node, body) {
    marked = [];
    if (!data.losses || node.kind !== 'Facility' || node.role === 'class') return;
    var words = data.words[map.lang], found = ofStop.get(node.number) || [], part = element('section', null, body);
    part.id = 'losses';
    element('h2', word('stops'), part);
    if (!found.length) { element('p', word('stops_none'), part); return; }
    found.forEach(function (loss) {
      var row = element('details', null, part), head = element('summary', null, row);
      element('span', words.sure[loss.isSure] + ' ' + (words.lost[loss.kind] || loss.kind) + ' (' + loss.losers.length + ')', head);
      map.button(word('stops_show'), row, function () { marked = loss.losers; map.select(marked); map.lit = new Set(marked); map.frame(marked); map.redraw(); });
      var list = element('ul', null, row);
      loss.losers.slice(0, 200).forEach(function (loser) { map.nodeButton(loser, element('li', null, list)); });
      if (loss.losers.length > 200) element('li', '… 200 / ' + loss.losers.length, list);
    });
  });
  map.overlays.push(function (pen, view) {
    var seen = new Set();
    pen.strokeStyle = map.colours.problem;
    pen.lineWidth = 2.5;
    marked.forEach(function (number) {
      var at = map.place(number);
      if (seen.has(at) || !map.visible[number]) return;
      seen.add(at);
      pen.beginPath();
      pen.arc((at.x - view.x) * view.scale + view.wide / 2, (at.y - view.y) * view.scale + view.high / 2, 13, 0, 2 * Math.PI);
      pen.stroke();
    });
  });
}());
