'use strict';
// The list of what is wrong; Enter locates.
(function () {
  var map = window.medgraphMap, element = map.element, word = map.word;
  function problems() {
    var rows = map.nodes.filter(function (node) { return node.problem; });
    rows.sort(function (one, other) { return (one.standing || 0) - (other.standing || 0); });
    map.$('problems').querySelector('h2').textContent = word('problems') + ' (' + rows.length + ')';
    var body = map.$('problems').querySelector('tbody');
    map.empty(body);
    if (!rows.length) element('td', word('none'), element('tr', null, body));
    rows.forEach(function (node) {
      var row = element('tr', null, body);
      map.nodeButton(node.number, element('td', null, row));
      element('td', node.problem, row);
    });
  }
  map.sayings.push(problems);
}());
