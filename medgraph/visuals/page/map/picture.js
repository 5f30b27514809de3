'use strict';
// The picture: what passes the filters, closed levels as one node each, links between what is drawn.
(function () {
  var map = window.medgraphMap, data = map.data;
  var LEVEL = '\u0001level:';  // no id of a node begins so
  var AT_ONCE = 40, SPARE = 8;  // so many rows come together, and for so many milliseconds of a frame, after a movement
  var RANKS = { gap: 1, group: 2, alliance: 3, lead: 4, hospital: 5, primary: 6, 'class': 7, other: 7, station: 9 };
  var colours = {}, layerColours = {};
  map.layers = {};
  map.hiddenGroups = Object.create(null);
  map.filters = [];  // each says of a node whether it passes
  map.overlays = [];  // each is drawn over the links: ways, what is marked
  map.chosen = -1;
  map.visible = [];
  data.layers.forEach(function (layer) { map.layers[layer.id] = layer.on; });
  map.layerColours = layerColours;

  function readColours(colourOf) {
    ['ink', 'soft-ink', 'paper', 'problem', 'faint', 'line', 'chosen', 'focus', 'box-ink', 'box-problem', 'desk', 'way-up', 'way-down', 'begins', 'ends', 'moves'].forEach(function (name) {
      colours[name] = colourOf(name);
    });
    data.layers.forEach(function (layer) { layerColours[layer.id] = edge(colourOf('layer-' + layer.id) || layer.colour); });
  }
  readColours(map.colourOf);
  // The colour that a name has by day: what the first style sheet says, whatever the screen is set to.
  function dayColour(name) {
    var first = Array.from(document.styleSheets[0].cssRules).find(function (rule) { return rule.selectorText === ':root'; });
    return first.style.getPropertyValue('--' + name).trim();
  }
  // What is taken away goes onto white paper: in the colours of the day.
  map.byDay = function (act) {
    readColours(dayColour);
    try { return act(); } finally { readColours(map.colourOf); }
  };
  map.colours = colours;

  map.passes = function (node) {
    if (map.layers[node.layer] === false) return false;
    if (map.hiddenGroups[node.owner || '']) return false;
    for (var i = 0; i < map.filters.length; i += 1) if (!map.filters[i](node)) return false;
    return true;
  };
  // A colour as the ground of a mark, and as its edge, which stands out from the paper.
  function edge(colour) { return map.outstanding(colour, colours); }
  function ground(colour) { return map.isNight(colours) ? edge(colour) : colour; }
  map.swatch = function (colour) { return { ground: ground(colour), edge: edge(colour) }; };
  function fillOf(node) { return node.fill === data.paper ? colours.paper : ground(node.fill); }
  function edgeOf(node) { return node.problem ? colours.problem : edge(node.border); }
  function sizeOf(node) { return node.size * (node.grown || 1); }

  // A pane is a canvas of its own: the scene that it shows, and what is drawn over it.
  function Pane(element, overlays) {
    this.element = element;
    this.overlays = overlays;
    this.scene = { nodes: [], levels: [], links: new Map(), every: [] };
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.network = new vis.Network(element, { nodes: this.nodes, edges: this.edges }, {
      physics: false, layout: { improvedLayout: false }, autoResize: true,
      nodes: { font: { size: 0 } },
      interaction: { hover: true, tooltipDelay: 1e6, keyboard: { enabled: true, bindToWindow: false } }
    });
    this.motion = new map.Motion(this);
  }
  Pane.prototype.view = function () {
    var centre = this.network.getViewPosition();
    return { x: centre.x, y: centre.y, scale: this.network.getScale(), wide: this.element.clientWidth, high: this.element.clientHeight };
  };
  var pane = map.pane = new Pane(map.$('canvas'), map.overlays), network = pane.network;
  window.medgraphNetwork = map.network = network;
  map.leading = pane;  // of two panes the one that the other follows
  function view() { return pane.view(); }
  map.view = view;

  function nodeLook(node) {
    return { id: node.id, label: undefined, shape: node.shape, size: sizeOf(node), x: node.x, y: node.y,
      color: { background: fillOf(node), border: edgeOf(node), highlight: { background: colours.chosen, border: colours.ink },
        hover: { background: fillOf(node), border: colours.ink } },
      borderWidth: node.problem ? 3 : 1.5, opacity: node.absent ? 0.35 : 1, shapeProperties: { borderDashes: node.role === 'class' || node.absent ? [4, 3] : false } };
  }
  function levelLook(level, number) {
    var border = level.problems ? colours.problem : colours.faint, ground = level.group >= 0 ? fillOf(map.nodes[level.group]) : colours.desk;
    return { id: LEVEL + number, label: undefined, shape: 'dot', fixed: true, size: 0.06 * Math.min(level.wide, level.high), x: level.x, y: level.y,
      color: { background: ground, border: border, highlight: { background: ground, border: colours.ink },
        hover: { background: ground, border: colours.ink } }, borderWidth: level.problems ? 3 : 1.5, shapeProperties: { borderDashes: false } };
  }
  function edgeLook(id, edge) {
    var turn = edge.turn || 0, layer = edge.layer;
    return { id: id, layer: layer, from: map.nodes[edge.from].id, to: map.nodes[edge.to].id,
      color: { color: layerColours[layer], opacity: layer === 'membership' ? 0.55 : 0.8 },
      dashes: layer === 'alliances' ? [6, 4] : false,
      arrows: { to: { enabled: layer === 'referral' || layer === 'dispatch', scaleFactor: 0.5 } },
      smooth: turn ? { enabled: true, type: turn % 2 ? 'curvedCW' : 'curvedCCW', roundness: 0.12 * Math.ceil(turn / 2) } : { enabled: false } };
  }
  function bundleLook(id, bundle) {
    var pixels = Math.min(9, 1 + Math.log(bundle.count));
    return { id: id, layer: bundle.layer, from: bundle.from, to: bundle.to, pixels: pixels, width: pixels * thickness(map.pane),
      color: { color: layerColours[bundle.layer], opacity: 0.7 }, dashes: bundle.layer === 'alliances' ? [6, 4] : false,
      arrows: { to: { enabled: false } }, smooth: { enabled: false } };
  }

  // The library draws lines the finer the farther one is: this keeps one of a pixel a pixel.
  function thickness(pane) { return Math.max(1, 1 / pane.network.getScale()); }
  Pane.prototype.thicken = function () {
    var thick = thickness(this), self = this;
    if (this.thick && Math.abs(Math.log(thick / this.thick)) < 0.25) return;
    this.thick = thick;
    this.network.setOptions({ edges: { width: thick } });
    if (!this.scene.hasBundles) return;
    var bundles = Array.from(this.scene.links.values()).filter(function (look) { return look.pixels; });
    bundles.forEach(function (look) { look.width = look.pixels * self.thick; });  // of those, too, that are still to come
    this.edges.update(bundles.filter(function (look) { return self.edges.get(look.id); }).map(function (look) {
      return { id: look.id, width: look.width };
    }));
  };

  // What has to leave a set of the library, and what has to come into it, so that it is what is wanted.
  function gone(set, wanted) { return set.getIds().filter(function (id) { return !wanted.has(id); }); }
  function come(set, wanted, isNew) {
    return Array.from(wanted.values()).filter(function (look) {
      var held = isNew ? null : set.get(look.id);
      return !held || held.pixels !== look.pixels;
    });
  }
  // Steps that do something to so many rows each.
  function inSteps(rows, count, act) {
    var steps = [];
    for (var i = 0; i < rows.length; i += count) steps.push(act.bind(null, rows.slice(i, i + count)));
    return steps;
  }
  map.lookOf = nodeLook;
  // Where the end of a drawn link lies.
  map.anchor = function (id) {
    var level = map.levelOf(id);
    return level >= 0 ? map.levels[level] : map.byId.get(id);
  };
  map.place = function (number) {
    var level = map.standsFor(map.nodes[number]);
    return level < 0 ? map.nodes[number] : map.levels[level];
  };

  var shown = [], lastView = null;
  var counted = { shown: 0, there: 0, total: 0, links: 0 };  // since the last change of filters, colours or days
  map.drawn = [];  // each is told that the picture was drawn anew
  // What no longer is there is drawn beside what is, as long as it is marked.
  function isThere(node) { return !node.absent || node.mark === 'ends'; }
  function endOf(number) { return number < 0 ? map.nodes[-1 - number].id : LEVEL + number; }
  // What is to be drawn of the nodes that are shown: single ones, closed levels, links among both.
  map.gathered = function (shown) {
    var wanted = new Map(), links = new Map(), bundles = new Map(), drawnLinks = 0, single = [], closed = new Map(), stands = [];
    map.nodes.forEach(function (node) {
      if (!shown[node.number]) return;
      var level = stands[node.number] = map.standsFor(node);
      if (level < 0) { single.push(node); wanted.set(node.id, nodeLook(node)); } else closed.set(level, map.levels[level]);
    });
    closed.forEach(function (level, number) { wanted.set(LEVEL + number, levelLook(level, number)); });
    map.edges.forEach(function (edge) {
      if (!map.layers[edge.layer] || !shown[edge.from] || !shown[edge.to] || edge.absent || map.nodes[edge.from].absent || map.nodes[edge.to].absent) return;
      drawnLinks += 1;
      var from = stands[edge.from], to = stands[edge.to];
      if (from < 0 && to < 0) { links.set('e' + edge.number, edgeLook('e' + edge.number, edge)); return; }
      if (from === to) return;
      // of either end the number of its level, or below those the number of its node
      var one = from < 0 ? -1 - edge.from : from, other = to < 0 ? -1 - edge.to : to;
      var key = Math.min(one, other) + ' ' + Math.max(one, other) + ' ' + edge.layer;
      if (!bundles.has(key)) bundles.set(key, { from: endOf(Math.min(one, other)), to: endOf(Math.max(one, other)), layer: edge.layer, count: 0 });
      bundles.get(key).count += 1;
    });
    bundles.forEach(function (bundle, key) { links.set(key, bundleLook(key, bundle)); });
    single.sort(function (a, b) { return weight(a) - weight(b) || a.number - b.number; });
    return { nodes: single, levels: Array.from(closed.values()), links: links, looks: wanted, hasBundles: bundles.size > 0, drawnLinks: drawnLinks, every: map.levels };
  };
  // Show a scene: at once, or, while the picture moves, on its bitmap, and to the library when it is still.
  Pane.prototype.put = function (scene, all, isMoving) {
    this.scene = scene;
    cancelAnimationFrame(this.coming);
    this.isBehind = isMoving;
    if (isMoving) { this.motion.wait(); return; }
    this.motion.forget();
    this.take(this.changes(all, Infinity), Infinity);
  };
  // The steps of so many rows each that make of what the library holds the scene.
  Pane.prototype.changes = function (all, count) {
    var nodes = this.nodes, edges = this.edges, scene = this.scene;
    return [].concat(
      inSteps(gone(edges, scene.links), count, function (ids) { edges.remove(ids); }),
      inSteps(gone(nodes, scene.looks), count, function (ids) { nodes.remove(ids); }),
      inSteps(come(nodes, scene.looks, all), count, function (looks) { nodes.update(looks); }),
      inSteps(come(edges, scene.links, all), count, function (looks) { edges.update(looks); }));
  };
  // Do steps, in each frame for so many milliseconds, and draw when all are done.
  Pane.prototype.take = function (steps, spare) {
    var self = this, renderer = this.network.renderer, until = performance.now() + spare;
    renderer.allowRedraw = false;  // else the library draws anew after each step
    while (steps.length && performance.now() < until) steps.shift()();
    renderer.allowRedraw = true;
    if (steps.length) { this.coming = requestAnimationFrame(function () { self.take(steps, spare); }); return; }
    if (this.isBehind) renderer._resizeNodes();  // else it takes what has just come for out of sight
    this.isBehind = false;
    this.network.redraw();
  };
  // The picture moves no more: the library draws it.
  Pane.prototype.settle = function () {
    this.thicken();
    cancelAnimationFrame(this.coming);
    this.take(this.isBehind ? this.changes(false, AT_ONCE) : [], SPARE);
  };
  function draw(all, isMoving) {
    map.scene = map.gathered(shown);
    pane.put(map.scene, all, isMoving);
    map.drawnLinks = map.scene.drawnLinks;
    lastView = view();
    say();
    map.drawn.forEach(function (act) { act(); });
  }
  function weight(node) {
    if (node.number === map.chosen || (map.lit && map.lit.has(node.number))) return -1;
    if (node.problem) return 0;
    return RANKS[node.role] || 8;
  }
  function say() {
    var count = counted.there, scene = map.scene, inside = count - scene.nodes.filter(function (node) { return !node.absent; }).length;
    var said = map.filled('shown', { shown: count, total: counted.total, links: map.drawnLinks, all: counted.links });
    if (inside) said += ' ' + map.filled('closed_levels', { inside: inside, count: scene.levels.length });
    if (data.toAreas) said += ' ' + map.filled('to_areas', { count: data.toAreas });
    map.$('shown').textContent = said;
  }
  // Of all there is on the day shown: what the file holds, and what it leaves out (`around`).
  function there(rows) { return rows.filter(function (row) { return !row.absent; }).length; }
  map.total = function () { return there(map.nodes) + map.leftOut; };
  map.totalLinks = function () { return there(map.edges); };
  map.leftOut = 0;

  // After a change of filters, colours or days.
  map.showable = function () { return map.nodes.map(function (node) { return isThere(node) && map.passes(node); }); };
  map.apply = function () {
    map.visible = shown = map.showable();
    map.count(shown);
    counted = { shown: shown.filter(Boolean).length, total: map.total(), links: map.totalLinks(),
      there: map.nodes.filter(function (node) { return shown[node.number] && !node.absent; }).length };
    map.openLevels(view(), counted.shown);
    draw(true);
  };
  // After a move of the view: levels open and close, no filter changed.
  map.look = function (isMoving) {
    var now = view();
    var isOther = map.openLevels(now, counted.shown);
    lastView = now;
    if (isOther) draw(false, isMoving);
  };

  // -- on the canvas, over what the library draws -------------------------------------------------

  function hasMoved(now) {
    if (!lastView || !map.levels.length) return false;
    var far = Math.max(Math.abs(now.x - lastView.x), Math.abs(now.y - lastView.y)) * now.scale;
    return far > 120 || Math.abs(Math.log(now.scale / lastView.scale)) > 0.1;
  }
  var waiting = 0;
  function things(scene) {
    var found = [];
    scene.levels.forEach(function (level) {
      found.push({ x: level.x, y: level.y, size: 0, text: map.levelName(level), tails: map.levelTails(level), room: 2 * level.wide, inBox: true, letters: 60, isWrong: level.problems > 0,
        ground: level.group >= 0 ? fillOf(map.nodes[level.group]) : colours.paper, edge: level.group >= 0 ? (level.problems ? colours.problem : colours.faint) : colours.line,
        ink: level.group >= 0 ? (level.problems ? colours['box-problem'] : colours['box-ink']) : (level.problems ? colours.problem : colours.ink), name: map.levelName(level) });
    });
    scene.nodes.forEach(function (node) {
      var isBox = node.role === 'group' || node.role === 'alliance';
      found.push({ x: node.x, y: node.y, size: sizeOf(node), text: map.numbered(node.id, node.text), inBox: isBox, letters: isBox ? 19 : 17, isWrong: !!node.problem,
        ground: fillOf(node), edge: edgeOf(node), name: node.name, id: node.id,
        ink: isBox && node.fill !== data.paper ? (node.problem ? colours['box-problem'] : colours['box-ink']) : (node.problem ? colours.problem : colours.ink) });
    });
    return found;
  }
  map.things = things;
  // What holds what: the outline of an open level, the ground of a closed one.
  function outlines(pen, now, levels) {
    levels.forEach(function (level, number) {
      if (!level.count || !isHeld(level)) return;
      var isOpen = map.isOpen(number), x = (level.x - level.wide - now.x) * now.scale + now.wide / 2, y = (level.y - level.high - now.y) * now.scale + now.high / 2;
      if (isOpen && (level.kind === 'group' || level.kind === 'beside')) return;
      pen.strokeStyle = isOpen || !level.problems ? colours.line : colours.problem;
      pen.fillStyle = colours.desk;
      pen.lineWidth = !isOpen && level.problems ? 2.5 : 1;
      if (level.kind === 'group') {
        pen.beginPath();
        pen.arc(x + level.wide * now.scale, y + level.high * now.scale, level.wide * now.scale, 0, 2 * Math.PI);
        pen.fill();
        pen.stroke();
        return;
      }
      if (!isOpen) pen.fillRect(x, y, 2 * level.wide * now.scale, 2 * level.high * now.scale);
      pen.strokeRect(x, y, 2 * level.wide * now.scale, 2 * level.high * now.scale);
    });
  }
  function isHeld(level) { return level.parent < 0 || map.isOpen(level.parent); }
  // The closed level on which a point of the picture lies, -1 for none.
  map.levelAt = function (x, y) {
    return map.levels.findIndex(function (level, number) {
      return level.count && isHeld(level) && !map.isOpen(number) && Math.abs(level.x - x) < level.wide && Math.abs(level.y - y) < level.high;
    });
  };
  function openNames(now, levels) {
    return levels.filter(function (level, number) {
      return map.isOpen(number) && level.count && level.kind !== 'group' && level.kind !== 'beside' && Math.min(level.wide, level.high) * now.scale < 2500;
    }).map(function (level) {
      return { x: level.x, y: level.y - level.high, size: 0, text: map.levelName(level), inBox: true, letters: 60, ground: colours.paper, edge: colours.line, ink: colours['soft-ink'], name: level.name };
    });
  }
  map.outlines = outlines;
  // All that has a name in a view.
  map.named = function (scene, now) { return things(scene).concat(openNames(now, scene.every)); };
  // Draw in pixels of the screen, whatever the library's own measure is.
  function onScreen(pen, act) {
    var ratio = pen.canvas.width / pen.canvas.clientWidth || 1;
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    act();
    pen.restore();
  }
  // Draw what lies over the links; return what of it has a name.
  Pane.prototype.over = function (pen, now) {
    var first = [];
    this.overlays.forEach(function (overlay) { first = first.concat(overlay(pen, now) || []); });
    return first;
  };
  Pane.prototype.paint = function () {
    var self = this, motion = this.motion;
    this.network.on('beforeDrawing', function (pen) {
      var now = self.view();
      motion.begin(now);
      onScreen(pen, function () {
        if (motion.isOn) motion.shown.set(pen, now); else outlines(pen, now, self.scene.every);
      });
    });
    this.network.on('afterDrawing', function (pen) {
      if (motion.isOn) return;
      onScreen(pen, function () {
        var now = self.view();
        self.labels = map.placed(pen, self.over(pen, now).concat(map.named(self.scene, now)), now);
        map.drawLabels(pen, self.labels, colours);
      });
    });
  };
  pane.paint();
  map.Pane = Pane;
  network.on('beforeDrawing', function () {
    if (hasMoved(view()) && !waiting) waiting = setTimeout(function () { waiting = 0; map.look(true); }, 60);
  });
  network.on('afterDrawing', function () { map.labels = pane.labels; });
  map.redraw = function () { pane.motion.forget(); network.redraw(); };

  // -- moving ---------------------------------------------------------------------------------------

  var mayMove = !window.matchMedia || !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  map.motion = function () { return mayMove ? { duration: 400, easingFunction: 'easeInOutQuad' } : false; };
  // Frame some nodes: the view holds them all, and they are drawn one by one where there is room.
  map.frame = function (numbers, isQuick) {
    var box = null;
    numbers.forEach(function (number) {
      var node = map.nodes[number];
      if (!box) box = [node.x, node.y, node.x, node.y];
      box = [Math.min(box[0], node.x), Math.min(box[1], node.y), Math.max(box[2], node.x), Math.max(box[3], node.y)];
    });
    if (box) map.frameBox(box, isQuick);
  };
  map.frameBox = function (box, isQuick) {
    map.leading = pane;
    var now = view();
    var scale = Math.max(1e-4, Math.min(1.1, now.wide / (box[2] - box[0] + 160), now.high / (box[3] - box[1] + 160)));
    network.moveTo({ position: { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 }, scale: scale, animation: isQuick ? false : map.motion() });
    if (isQuick) { map.look(); map.redraw(); }
  };
  var BESIDE = 70, BELOW = 36, FRAME = 12;  // pixels that the name of a node at the edge takes, or the frame of a level
  function roomOf(pixels, edge) { return Math.max(pixels - 2 * edge, pixels / 2); }
  function hasFrame(level) { return level.count && level.kind !== 'group' && level.kind !== 'beside'; }
  // What all that is shown takes up: left, top, right, bottom; null for nothing.
  map.extent = function () {
    var box = null;
    map.nodes.forEach(function (node) {
      if (!shown[node.number]) return;
      if (!box) box = [node.x, node.y, node.x, node.y];
      box = [Math.min(box[0], node.x), Math.min(box[1], node.y), Math.max(box[2], node.x), Math.max(box[3], node.y)];
    });
    map.levels.forEach(function (level) {
      if (!box || !hasFrame(level)) return;
      box = [Math.min(box[0], level.x - level.wide), Math.min(box[1], level.y - level.high), Math.max(box[2], level.x + level.wide), Math.max(box[3], level.y + level.high)];
    });
    return box;
  };
  map.fit = function () {
    var box = map.extent(), isFramed = map.levels.some(hasFrame);
    if (!box) return;
    map.leading = pane;
    pane.motion.forget();  // the whole comes at once
    var now = view();
    network.moveTo({ position: { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 },
      scale: Math.max(1e-4, Math.min(1.1, roomOf(now.wide, isFramed ? FRAME : BESIDE) / (box[2] - box[0] || 1), roomOf(now.high, isFramed ? FRAME : BELOW) / (box[3] - box[1] || 1))) });
    map.look();
  };
  // Open a closed level: go so near that it opens.
  map.enter = function (number) {
    var level = map.levels[number];
    map.frameBox([level.x - level.wide, level.y - level.high, level.x + level.wide, level.y + level.high]);
  };
  map.levelOf = function (id) { return typeof id === 'string' && id.indexOf(LEVEL) === 0 ? Number(id.slice(LEVEL.length)) : -1; };
  if (window.matchMedia) {
    var dark = window.matchMedia('(prefers-color-scheme: dark)');
    if (dark.addEventListener) dark.addEventListener('change', function () { readColours(map.colourOf); map.controls(); map.apply(); });
  }
}());
