'use strict';
// Only what is around one node, by so many links.
(function () {
  var map = window.medgraphMap, element = map.element, word = map.word;
  var near = null, start = -1, depth = 1;
  map.filters.push(function (node) { return !near || near.has(node.number); });
  map.clearing.push(function () { clear(); });
  function clear() { near = null; say(); }
  function say() {
    var button = map.$('around-all');
    button.hidden = !near;
    if (near) button.textContent = map.filled('around_all', { name: map.nodes[start].name, depth: depth });
  }
  map.sayings.push(say);
  // All nodes at most so many links away; links of every layer, of the day shown.
  map.near = function (number, links) {
    var found = new Set([number]), edge = [number];
    for (var step = 0; step < links; step += 1) {
      var next = [];
      edge.forEach(function (one) {
        map.linksOf(one).forEach(function (link) {
          var other = link.from === one ? link.to : link.from;
          if (!link.absent && !map.nodes[other].absent && !found.has(other)) { found.add(other); next.push(other); }
        });
      });
      edge = next;
    }
    return found;
  };
  map.sections.push(function (node, body) {
    if (!body) return;
    var row = element('p', null, body), select = element('select', null, row);
    select.id = 'around-depth';
    select.setAttribute('aria-label', word('around'));
    map.options(select, ['1', '2', '3', '4'].map(function (one) { return [one, map.filled('around_links', { depth: one })]; }), String(depth));
    element('span', ' ', row);
    map.button(word('around'), row, function () {
      start = node.number;
      depth = Number(select.value);
      near = map.near(start, depth);
      say();
      map.apply();
      map.fit();
    }).id = 'around';
  });
  map.$('around-all').addEventListener('click', function () { clear(); map.apply(); map.fit(); });
}());
