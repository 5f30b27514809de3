'use strict';
// The days on which something begins, ends or moves: one is shown, what differs from another is marked.
(function () {
  var map = window.medgraphMap, data = map.data, $ = map.$, word = map.word, element = map.element;
  var KINDS = ['begins', 'ends', 'moves'];
  var history = data.history, day = history ? history.now : 0, against = '', timer = 0;
  if (!history) return;
  var owners = new Map();
  map.rows(history.owners).forEach(function (row) { owners.set(row.node, row.owners); });

  function isOn(spans, at) {
    if (!spans) return true;
    for (var i = 0; i < spans.length; i += 2) if (spans[i] <= at && at <= spans[i + 1]) return true;
    return false;
  }
  function nodeOn(node, at) { return isOn(history.nodes[node.number], at); }
  function edgeOn(edge, at) {
    return isOn(history.links[edge.number], at) && nodeOn(map.nodes[edge.from], at) && nodeOn(map.nodes[edge.to], at);
  }
  function ownerOn(node, at) { return owners.has(node.number) ? owners.get(node.number)[at] : node.group || ''; }
  function otherDay() {
    if (against !== '') return Number(against);
    return day > 0 ? day - 1 : day;
  }
  // What differs between two days: nodes that begin, end, move, and links.
  map.differences = function (before, after) {
    var found = { begins: [], ends: [], moves: [], linksBegin: 0, linksEnd: 0, layers: new Set() };
    map.nodes.forEach(function (node) {
      var was = nodeOn(node, before), is = nodeOn(node, after);
      if (is && !was) found.begins.push(node.number);
      if (was && !is) found.ends.push(node.number);
      if (was && is && ownerOn(node, before) !== ownerOn(node, after)) found.moves.push(node.number);
    });
    map.edges.forEach(function (edge) {
      var was = edgeOn(edge, before), is = edgeOn(edge, after);
      if (is && !was) found.linksBegin += 1;
      if (was && !is) found.linksEnd += 1;
      if (was !== is) found.layers.add(edge.layer);
    });
    return found;
  };
  function looks(node, at) {
    if (!owners.has(node.number)) return;
    node.group = ownerOn(node, at);
  }
  function turn(at) {
    // the group of a day gives the colour, where colours show groups
    map.nodes.forEach(function (node) { node.absent = !nodeOn(node, at); node.mark = null; looks(node, at); });
    map.edges.forEach(function (edge) { edge.absent = !edgeOn(edge, at); });
    if (map.recolour) map.recolour();
  }
  function mark(found) {
    KINDS.forEach(function (kind) { found[kind].forEach(function (number) { map.nodes[number].mark = kind; }); });
  }
  function say() {
    $('days').hidden = false;
    $('day').max = history.days.length - 1;
    $('day').value = day;
    $('day').setAttribute('aria-valuetext', history.days[day]);
    $('day').setAttribute('aria-label', word('days'));
    $('day-shown').textContent = history.days[day] + ' (' + (day + 1) + '/' + history.days.length + ')';
    $('day-play').textContent = word(timer ? 'day_pause' : 'day_play');
    map.options($('day-against'), [['', word('day_previous')]].concat(history.days.map(function (one, i) { return [String(i), one]; })), against);
    var list = $('day-changes'), before = otherDay(), found = map.differences(before, day);
    map.empty(list);
    KINDS.forEach(function (kind) {
      if (!found[kind].length) return;
      var row = element('details', null, list), head = element('summary', word('day_' + kind) + ' (' + found[kind].length + ')', row);
      head.style.borderLeft = '4px solid ' + map.colours[kind];
      head.style.paddingLeft = '4px';
      var names = element('ul', null, row);
      found[kind].slice(0, 100).forEach(function (number) { map.nodeButton(number, element('li', null, names)); });
      if (found[kind].length > 100) element('li', '… 100 / ' + found[kind].length, names);
    });
    if (found.layers.size) element('p', linksTold(found), list);
    if (day !== history.now) element('p', map.filled('day_answers', { day: history.days[history.now] }), list);
    if (history.leftOut) element('p', map.filled('days_left_out', { count: history.leftOut }), list);
    mark(found);
  }
  // How many links begin and end, and in which layers: one that is not shown may be among them.
  function linksTold(found) {
    var layers = Array.from(found.layers).map(function (layer) { return data.words[map.lang].layers[layer]; });
    return map.filled('day_links', { begins: found.linksBegin, ends: found.linksEnd, layers: layers.join(word('comma')) });
  }
  map.goTo = function (number) {
    day = Math.max(0, Math.min(history.days.length - 1, number));
    turn(day);
    say();
    map.controls();
    map.apply();
    map.redraw();
  };
  map.dayShown = function () { return history.days[day]; };
  function pause() { clearInterval(timer); timer = 0; say(); }
  $('day').addEventListener('input', function () { map.goTo(Number(this.value)); });
  $('day-before').addEventListener('click', function () { map.goTo(day - 1); });
  $('day-after').addEventListener('click', function () { map.goTo(day + 1); });
  $('day-against').addEventListener('change', function () { against = this.value; map.goTo(day); });
  $('day-play').addEventListener('click', function () {
    if (timer) { pause(); return; }
    if (day === history.days.length - 1) map.goTo(0);
    timer = setInterval(function () {
      if (day === history.days.length - 1) { pause(); return; }
      map.goTo(day + 1);
    }, 1200);
    say();
  });
  function marks(pen, view, isShown) {
    map.nodes.forEach(function (node) {
      if (!node.mark || !isShown(node)) return;
      var at = map.place(node.number);
      pen.beginPath();
      pen.arc((at.x - view.x) * view.scale + view.wide / 2, (at.y - view.y) * view.scale + view.high / 2, 14, 0, 2 * Math.PI);
      pen.strokeStyle = map.colours[node.mark];
      pen.lineWidth = 3;
      pen.setLineDash(node.mark === 'ends' ? [5, 4] : []);
      pen.stroke();
      pen.setLineDash([]);
    });
  }
  map.overlays.push(function (pen, view) { marks(pen, view, function (node) { return map.visible[node.number]; }); });

  // -- two days side by side ------------------------------------------------------------------------

  var earlier = null, isBeside = false, visibleThen = [];
  // The other day as it is drawn: its nodes as they look then, on the places that they have now.
  function sceneOf(at) {
    turn(at);
    visibleThen = map.showable();
    map.count(visibleThen);
    var scene = map.gathered(visibleThen), copies = new Map();
    map.levels.forEach(function (level) { copies.set(level, Object.assign({}, level)); });
    scene.nodes = scene.nodes.map(function (node) { return Object.assign({}, node); });
    scene.levels = scene.levels.map(function (level) { return copies.get(level); });
    scene.every = Array.from(copies.values());
    turn(day);
    mark(map.differences(otherDay(), day));
    map.count(map.visible);
    return scene;
  }
  // One picture leads, by hand or by a button; the other shows the same place.
  function follow(leader, other) {
    leader.network.on('beforeDrawing', function () {
      if (!isBeside || map.leading !== leader) return;
      var to = leader.view(), is = other.view();
      if (to.x === is.x && to.y === is.y && to.scale === is.scale) return;
      other.network.moveTo({ position: { x: to.x, y: to.y }, scale: to.scale });
    });
    ['pointerdown', 'wheel', 'keydown'].forEach(function (kind) {
      leader.element.addEventListener(kind, function () { map.leading = leader; }, true);
    });
  }
  function openEarlier() {
    earlier = map.earlier = new map.Pane($('canvas-before'), [function (pen, view) { marks(pen, view, function (node) { return visibleThen[node.number]; }); }]);
    earlier.paint();
    map.listen(earlier.network);
    follow(map.pane, earlier);
    follow(earlier, map.pane);
  }
  function beside() {
    if (!isBeside) return;
    earlier.put(sceneOf(otherDay()), true);
    [[$('before'), otherDay()], [$('after'), day]].forEach(function (pair) { pair[0].querySelector('.day').textContent = history.days[pair[1]]; });
    earlier.network.redraw();
  }
  map.drawn.push(beside);
  // One above the other, where the picture is so wide that both are larger so.
  function isStackedBetter() {
    var box = map.extent(), wide = $('pictures').clientWidth, high = $('pictures').clientHeight;
    function scale(w, h) { return box ? Math.min(w / (box[2] - box[0] || 1), h / (box[3] - box[1] || 1)) : 1; }
    return scale(wide, high / 2) > scale(wide / 2, high);
  }
  $('day-beside').addEventListener('change', function () {
    isBeside = this.checked;
    $('before').hidden = !isBeside;
    $('pictures').classList.toggle('two', isBeside);
    $('pictures').classList.toggle('stacked', isBeside && isStackedBetter());
    if (isBeside && !earlier) openEarlier();
    [map.pane].concat(earlier ? [earlier] : []).forEach(function (one) { one.network.setSize('100%', '100%'); });
    map.apply();
    map.fit();
  });
  // The pictures that are taken away, the earlier day first.
  map.pictures = function () {
    var now = { scene: map.scene, day: history.days[day] };
    return isBeside ? [{ scene: earlier.scene, day: history.days[otherDay()] }, now] : [now];
  };
  map.clearing.push(function () { if (day !== history.now) map.goTo(history.now); });
  map.sayings.push(say);
  turn(day);
}());
