'use strict';
// While the picture moves a bitmap of it is shown; what comes into view is drawn in slices, each a part of a frame.
(function () {
  var map = window.medgraphMap;
  var STILL = 120;  // milliseconds after which a picture moves no more
  var SLICE = 4;  // milliseconds of a frame in which the next bitmap is drawn
  var LARGER = 1.4;  // than the view a bitmap is, so that there is something to come in from the side
  var MOST = 4e6;  // pixels of a bitmap
  var OTHER = 0.15;  // by so much of its logarithm the scale differs when a bitmap is drawn anew
  var EACH = 40;  // marks, or lines of one style, that are drawn at once

  function isOther(one, other) { return one.x !== other.x || one.y !== other.y || one.scale !== other.scale; }
  function isSameSize(one, other) { return one.wide === other.wide && one.high === other.high; }
  function Bitmap() {
    this.canvas = document.createElement('canvas');
    this.pen = this.canvas.getContext('2d');
    this.view = null;
  }
  Bitmap.prototype.isAround = function (view) {
    var wide = this.view.wide / this.view.scale - view.wide / view.scale, high = this.view.high / this.view.scale - view.high / view.scale;
    return 2 * Math.abs(this.view.x - view.x) <= wide && 2 * Math.abs(this.view.y - view.y) <= high;
  };
  // Set it onto a picture of another view.
  Bitmap.prototype.set = function (pen, view) {
    var times = view.scale / this.view.scale, wide = this.view.wide * times, high = this.view.high * times;
    pen.drawImage(this.canvas, (this.view.x - view.x) * view.scale + (view.wide - wide) / 2, (this.view.y - view.y) * view.scale + (view.high - high) / 2, wide, high);
  };

  // How a pane moves: `shown` is what stands on it meanwhile, `next` what takes its place once all its steps are done.
  function Motion(pane) {
    var self = this, renderer = pane.network.renderer;
    this.pane = pane;
    this.shown = new Bitmap();
    this.next = new Bitmap();
    this.steps = [];
    this.isOn = false;
    this.movedAt = -STILL;
    ['_drawEdges', '_drawNodes', '_drawArrows'].forEach(function (name) {
      var draw = renderer[name];
      renderer[name] = function () { return self.isOn ? { drawExternalLabels: null } : draw.apply(renderer, arguments); };
    });
    pane.network.body.emitter.on('initRedraw', function () { self.keep(); });
  }
  // The picture as it was drawn last is the first bitmap: it still stands on the canvas when a frame begins.
  Motion.prototype.keep = function () {
    var canvas = this.pane.network.canvas.frame.canvas, now = this.pane.view();
    if (!this.drawn || !isSameSize(this.drawn, now)) return;
    if (!isOther(this.drawn, now) && !this.pane.network.renderer.renderingActive) return;
    this.shown.canvas.width = canvas.width;
    this.shown.canvas.height = canvas.height;
    this.shown.pen.drawImage(canvas, 0, 0);
    this.shown.view = this.drawn;
    this.drawn = null;
  };
  // What stands on the bitmaps is no longer what is to be seen.
  Motion.prototype.forget = function () {
    this.drawn = this.shown.view = null;
    this.steps = [];
  };
  // A frame begins: is it one of a movement?
  Motion.prototype.begin = function (now) {
    var time = performance.now();
    if (this.last && !isSameSize(this.last, now)) this.forget();
    if (this.last && isOther(this.last, now)) {
      this.movedAt = time;
      this.wait();
    }
    this.last = now;
    this.isOn = !!this.shown.view && (time - this.movedAt < STILL || this.pane.isBehind);
    if (!this.isOn) { this.drawn = now; return; }
    this.drawn = null;
    this.work(now);
  };
  // Settle when nothing moves any more, whatever a coarse clock says.
  Motion.prototype.wait = function () {
    var self = this;
    clearTimeout(this.soon);
    this.soon = setTimeout(function () { self.movedAt = -STILL; self.pane.settle(); }, STILL);
  };
  Motion.prototype.work = function (now) {
    var until = performance.now() + SLICE, was = this.shown.view;
    if (!this.steps.length && (this.scene !== this.pane.scene || Math.abs(Math.log(was.scale / now.scale)) > OTHER || !this.shown.isAround(now))) this.start(now);
    if (!this.steps.length) return;
    while (this.steps.length && performance.now() < until) this.steps.shift()();
    if (this.steps.length) return;
    var before = this.shown;
    this.shown = this.next;
    this.next = before;
  };
  Motion.prototype.start = function (now) {
    var view = { x: now.x, y: now.y, scale: now.scale, wide: Math.ceil(now.wide * LARGER), high: Math.ceil(now.high * LARGER) };
    var ratio = Math.min(this.pane.network.canvas.pixelRatio || 1, Math.sqrt(MOST / view.wide / view.high));
    this.scene = this.pane.scene;
    this.next.canvas.width = view.wide * ratio;
    this.next.canvas.height = view.high * ratio;
    this.next.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.next.view = view;
    this.steps = sketch(this.pane, this.next.pen, view);
  };

  // The steps that draw a scene in a view: straight lines without arrows, else as it is drawn when it is still.
  function sketch(pane, pen, view) {
    var scene = pane.scene, first = [], named = [];
    return [].concat(
      function () { map.outlines(pen, view, scene.every); },
      lines(scene, pen, view),
      function () { first = pane.over(pen, view); },
      marks(scene, pen, view, new Set(pane.network.getSelectedNodes())),
      function () { named = first.concat(map.named(scene, view)); },
      function () { named = map.placed(pen, named, view); },
      function () { map.drawLabels(pen, named, map.colours); });
  }
  function inParts(rows, act) {
    var parts = [];
    for (var i = 0; i < rows.length; i += EACH) parts.push(act.bind(null, rows.slice(i, i + EACH)));
    return parts;
  }
  function lines(scene, pen, view) {
    var wide = view.wide / 2, high = view.high / 2, styles = new Map(), steps = [];
    scene.links.forEach(function (look) {
      var a = map.anchor(look.from), b = map.anchor(look.to);
      var line = [(a.x - view.x) * view.scale + wide, (a.y - view.y) * view.scale + high, (b.x - view.x) * view.scale + wide, (b.y - view.y) * view.scale + high];
      if (Math.max(line[0], line[2]) < 0 || Math.max(line[1], line[3]) < 0 || Math.min(line[0], line[2]) > view.wide || Math.min(line[1], line[3]) > view.high) return;
      var pixels = look.pixels || Math.max(1, view.scale), key = look.layer + ' ' + pixels;
      if (!styles.has(key)) styles.set(key, { look: look, pixels: pixels, lines: [] });
      styles.get(key).lines.push(line);
    });
    styles.forEach(function (style) {
      steps = steps.concat(inParts(style.lines, function (part) {
        pen.globalAlpha = style.look.color.opacity;
        pen.strokeStyle = style.look.color.color;
        pen.lineWidth = style.pixels;
        pen.setLineDash((style.look.dashes || []).map(function (dash) { return dash * view.scale; }));
        pen.beginPath();
        part.forEach(function (line) {
          pen.moveTo(line[0], line[1]);
          pen.lineTo(line[2], line[3]);
        });
        pen.stroke();
        pen.setLineDash([]);
        pen.globalAlpha = 1;
      }));
    });
    return steps;
  }
  function marks(scene, pen, view, selected) {
    var seen = [];
    scene.looks.forEach(function (look) {
      var at = map.anchor(look.id), x = (at.x - view.x) * view.scale + view.wide / 2, y = (at.y - view.y) * view.scale + view.high / 2, far = 1.5 * look.size * view.scale;
      if (x > -far && y > -far && x < view.wide + far && y < view.high + far) seen.push({ look: look, x: x, y: y });
    });
    return inParts(seen, function (part) {
      part.forEach(function (one) {
        var look = one.look, colour = selected.has(look.id) ? look.color.highlight : look.color;
        pen.globalAlpha = look.opacity === undefined ? 1 : look.opacity;
        pen.fillStyle = colour.background;
        pen.strokeStyle = colour.border;
        pen.lineWidth = Math.min(2 * look.size * view.scale, look.borderWidth);
        trace(pen, look.shape, one.x, one.y, look.size * view.scale);
        pen.fill();
        pen.stroke();
      });
      pen.globalAlpha = 1;
    });
  }
  function trace(pen, shape, x, y, size) {
    var corners = map.corners(shape, x, y, size);
    pen.beginPath();
    if (!corners) { pen.arc(x, y, size, 0, 2 * Math.PI); return; }
    corners.forEach(function (corner, i) {
      if (i) pen.lineTo(corner[0], corner[1]); else pen.moveTo(corner[0], corner[1]);
    });
    pen.closePath();
  }
  // The corners of a mark; null for a circle.
  var COUNTS = { square: 4, triangle: 3, triangleDown: 3, diamond: 4, hexagon: 6, star: 10 };
  var TURNS = { square: Math.PI / 4, triangleDown: Math.PI };
  map.corners = function (shape, x, y, size) {
    var found = [];
    if (!COUNTS[shape]) return null;
    for (var i = 0; i < COUNTS[shape]; i += 1) {
      var angle = (TURNS[shape] || 0) + 2 * Math.PI * i / COUNTS[shape], far = size * (shape === 'star' && i % 2 ? 0.5 : 1.2);
      found.push([x + far * Math.sin(angle), y - far * Math.cos(angle)]);
    }
    return found;
  };
  map.Motion = Motion;
}());
