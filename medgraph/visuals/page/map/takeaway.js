'use strict';
// To take away: the picture as PNG and SVG, and on paper.
(function () {
  var map = window.medgraphMap, data = map.data, $ = map.$, NUMBER = /^-?\d+(\.\d+)?$/;
  function escaped(text) {
    return String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  }
  function round(number) { return Math.round(number * 10) / 10; }
  function outline(shape, x, y, size) {
    var corners = map.corners(shape, x, y, size);
    if (!corners) return '<circle cx="' + round(x) + '" cy="' + round(y) + '" r="' + round(size) + '"';
    return '<polygon points="' + corners.map(function (corner) { return corner.map(round).join(','); }).join(' ') + '"';
  }
  // What is drawn now, whole: on a sheet so large that its names can be read.
  var NARROWEST = 900;  // room for title and legend
  function sheet() {
    var pictures = taken(), xs = [], ys = [];
    pictures.forEach(function (one) {
      one.scene.nodes.forEach(function (node) { xs.push(node.x); ys.push(node.y); });
      one.scene.levels.forEach(function (level) {
        xs.push(level.x - level.wide, level.x + level.wide);
        ys.push(level.y - level.high, level.y + level.high);
      });
    });
    var least = function (numbers) { return numbers.reduce(function (a, b) { return Math.min(a, b); }, Infinity); };
    var most = function (numbers) { return numbers.reduce(function (a, b) { return Math.max(a, b); }, -Infinity); };
    if (!xs.length) { xs = [0, 600]; ys = [0, 400]; }
    var wide = Math.max(NARROWEST / pictures.length, most(xs) - least(xs) + 240), high = most(ys) - least(ys) + 160;
    var scale = Math.min(1, Math.max(1600 / wide, Math.min(1, 4000 / Math.max(wide, high))));
    return { x: (most(xs) + least(xs)) / 2, y: (most(ys) + least(ys)) / 2, scale: scale, wide: Math.ceil(wide * scale), high: Math.ceil(high * scale), all: Math.ceil(wide * scale) * pictures.length };
  }
  function taken() { return map.pictures ? map.pictures() : [{ scene: map.scene, day: data.day }]; }
  var HEAD_WIDE = 1000;  // on a wider sheet title and legend are larger, so that they can be read on paper
  var HEAD = 70, DAY = 30, FIRST_ROW = 84, ROW = 24, LETTERS = 14, MOST_NAMED = 24;  // of groups: each has its name in the picture
  // What colours and lines mean, in rows below the title.
  function legend(wide) {
    var colours = map.colours, x = 12, y = FIRST_ROW, drawn = [], pen = document.createElement('canvas').getContext('2d');
    pen.font = LETTERS + 'px ' + map.FONT;
    function add(words, colour, isLine, edge) {
      var sign = colour ? 24 : 0, room = sign + pen.measureText(words).width + 22;
      if (x > 12 && x + room > wide) { x = 12; y += ROW; }
      if (isLine) drawn.push('<rect x="' + x + '" y="' + (y - 7) + '" width="18" height="4" fill="' + escaped(colour) + '"/>');
      else if (colour) drawn.push('<circle cx="' + (x + 9) + '" cy="' + (y - 5) + '" r="6" fill="' + escaped(map.swatch(colour).ground) + '" stroke="' + escaped(edge || map.swatch(colour).edge) + '" stroke-width="' + (edge ? 2.5 : 1.5) + '"/>');
      drawn.push('<text x="' + (x + sign) + '" y="' + y + '" font-size="' + LETTERS + '" fill="' + colours.ink + '">' + escaped(words) + '</text>');
      x = Math.ceil(x + room);
    }
    var named = map.legend.filter(function (entry) { return !map.hiddenGroups[entry.id]; });
    if (map.colouredBy !== 'group' || named.length <= MOST_NAMED) {
      add(map.colouredWords());
      named.forEach(function (entry) { add(map.numbered(entry.id, entry.label), entry.colour); });
      if (map.nodes.some(function (node) { return map.visible[node.number] && !node.owner; })) add(map.unnamed(), colours.faint);
    }
    if (map.nodes.some(function (node) { return map.visible[node.number] && node.problem; })) add(map.word('fault'), colours.paper, false, colours.problem);
    data.layers.forEach(function (layer) { if (map.layers[layer.id]) add(data.words[map.lang].layers[layer.id], map.layerColours[layer.id], true); });
    return { drawn: drawn.join(''), high: y - HEAD + 14 };
  }
  // One picture as it is drawn on its sheet.
  function picture(scene, at, isShown) {
    var colours = map.colours, parts = [], pen = document.createElement('canvas').getContext('2d');
    function x(one) { return (one.x - at.x) * at.scale + at.wide / 2; }
    function y(one) { return (one.y - at.y) * at.scale + at.high / 2; }
    scene.links.forEach(function (look) {
      var a = map.anchor(look.from), b = map.anchor(look.to);
      parts.push('<line x1="' + round(x(a)) + '" y1="' + round(y(a)) + '" x2="' + round(x(b)) + '" y2="' + round(y(b)) + '" stroke="' + map.layerColours[look.layer] + '" stroke-opacity="' + look.color.opacity + '" stroke-width="' + round(look.pixels || 1) + '"' + (look.dashes ? ' stroke-dasharray="' + look.dashes.join(' ') + '"' : '') + '/>');
    });
    (isShown ? map.litLines() : []).forEach(function (line) {
      var a = line.ends[0], b = line.ends[1];
      parts.push('<line x1="' + round(x(a)) + '" y1="' + round(y(a)) + '" x2="' + round(x(b)) + '" y2="' + round(y(b)) + '" stroke="' + line.colour + '" stroke-width="4"/>');
    });
    scene.levels.forEach(function (level) {
      parts.push('<rect x="' + round(x(level) - level.wide * at.scale) + '" y="' + round(y(level) - level.high * at.scale) + '" width="' + round(2 * level.wide * at.scale) + '" height="' + round(2 * level.high * at.scale) + '" rx="' + (level.kind === 'group' ? round(level.wide * at.scale) : 0) + '" fill="' + colours.desk + '" stroke="' + (level.problems ? colours.problem : colours.line) + '"/>');
    });
    scene.nodes.forEach(function (node) {
      var look = map.lookOf(node);
      parts.push(outline(node.shape, x(node), y(node), look.size * at.scale) + ' fill="' + escaped(look.color.background) + '" stroke="' + escaped(look.color.border) + '" stroke-width="' + look.borderWidth + '"/>');
    });
    map.placed(pen, map.things(scene), at).forEach(function (label) {
      var box = label.box, thing = label.thing, middle = label.middle;
      if (thing.inBox) parts.push('<rect x="' + round(box.x) + '" y="' + round(box.y) + '" width="' + round(box.w) + '" height="' + round(box.h) + '" fill="' + escaped(thing.ground) + '" stroke="' + escaped(thing.edge) + '"/>');
      parts.push('<text x="' + round(label.left) + '" y="' + round(middle + label.size * 0.36) + '" font-size="' + label.size + '"' + (label.bold ? ' font-weight="bold"' : '') + ' fill="' + escaped(thing.ink) + '"' + (thing.inBox ? '' : ' stroke="' + colours.paper + '" stroke-width="3" paint-order="stroke"') + '>' + escaped(label.text) + '</text>');
    });
    return parts.join('');
  }
  function drawing() {
    var at = sheet(), colours = map.colours, pictures = taken(), isTwo = pictures.length > 1;
    var times = Math.max(1, at.all / HEAD_WIDE), key = legend(at.all / times), top = Math.ceil((HEAD + key.high) * times), high = at.high + top + (isTwo ? DAY : 0);
    var parts = pictures.map(function (one, place) {
      var head = isTwo ? '<text x="12" y="16" font-size="18" font-weight="bold" fill="' + colours.ink + '">' + one.day + '</text>' : '';
      return '<g transform="translate(' + place * at.wide + ' ' + top + ')">' + head + '<g transform="translate(0 ' + (isTwo ? DAY : 0) + ')">' + picture(one.scene, at, one.scene === map.scene) + '</g></g>';
    });
    var facts = [map.dayTold(pictures[pictures.length - 1].day)].concat(data.stamps.map(map.told), [map.word('sketch'), $('shown').textContent]).join(' · ');
    var head = '<text x="12" y="30" font-size="22" font-weight="bold" fill="' + colours.ink + '">' + escaped(map.told(data.title)) + '</text><text x="12" y="54" font-size="14" fill="' + colours.ink + '">' + escaped(facts) + '</text>';
    return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ' + at.all + ' ' + high + '" width="' + at.all + '" height="' + high + '" font-family="' + escaped(map.FONT) + '"><rect width="' + at.all + '" height="' + high + '" fill="' + colours.paper + '"/><g transform="scale(' + times.toFixed(3) + ')">' + head + key.drawn + '</g>' + parts.join('') + '</svg>';
  }
  map.drawing = function () { return map.byDay(drawing); };
  // The same on a canvas, `times` as large.
  function raster(times, act) {
    var text = map.drawing(), image = new Image(), url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
    image.onload = function () {
      var canvas = document.createElement('canvas');
      canvas.width = image.width * times;
      canvas.height = image.height * times;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      act(canvas);
    };
    image.src = url;
  }
  map.raster = raster;
  map.download = function (parts, name, type) {
    var url = URL.createObjectURL(new Blob(parts, { type: type })), link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(url); }, 1000);
  };
  var LARGEST = 16000;  // pixels that a canvas holds on a side
  var POINTS = { A4: [842, 595], A3: [1191, 842], A2: [1684, 1191] };
  function paper() {
    var size = POINTS[$('sheet').value], at = sheet();
    return at.all >= at.high ? size : [size[1], size[0]];
  }
  // The table behind the picture: what passes the filters, and the links among it.
  map.tables = function () {
    var words = data.words[map.lang], columns = map.recordColumns(), heading = map.heading;
    function valueOf(name, value) {
      if (value === null || value === undefined) return '';
      return words.units[name] && NUMBER.test(value) ? Number(value) : map.reading(name, value);
    }
    var there = map.nodes.filter(function (node) { return map.visible[node.number] && !node.absent; }), held = new Set(there.map(function (node) { return node.number; }));
    var nodes = [[heading('id'), map.word('name'), heading('kind'), map.word('by_group'), map.word('by_county'), map.word('fault')].concat(columns.map(map.ownHeading))];
    there.forEach(function (node) {
      var group = node.group && map.byId.get(node.group);
      nodes.push([node.id, node.name, map.reading('kind', node.kind), group ? group.name : '', data.counties[node.county] || '', node.problem ? map.told(node.problem) : ''].concat(columns.map(function (name) {
        return valueOf(name, map.recordColumn(name)[node.number]);
      })));
    });
    var links = [[heading('source'), heading('source') + ' ' + map.word('name'), heading('relation'), heading('target'), heading('target') + ' ' + map.word('name')]];
    map.edges.forEach(function (edge) {
      if (edge.absent || !map.layers[edge.layer] || !held.has(edge.from) || !held.has(edge.to)) return;
      var from = map.nodes[edge.from], to = map.nodes[edge.to];
      links.push([from.id, from.name, words.relations[edge.relation] || edge.relation, to.id, to.name]);
    });
    var facts = [[map.told(data.title)], [map.dayTold(map.dayShown ? map.dayShown() : data.day)]].concat(data.stamps.map(function (one) { return [map.told(one)]; }), data.facts.map(function (one) { return [map.told(one)]; }), [[map.word('sketch')], [$('shown').textContent]]);
    return [[map.word('sheet_nodes'), nodes], [map.word('sheet_links'), links], [map.word('sheet_facts'), facts]];
  };
  $('png').addEventListener('click', function () {
    var at = sheet(), times = Math.min(Number($('times').value), LARGEST / Math.max(at.all, at.high));
    raster(times, function (canvas) {
      map.bytesOf(canvas, 'image/png', function (bytes) { map.download(map.png(bytes, times), 'medgraph.png', 'image/png'); });
    });
  });
  $('svg').addEventListener('click', function () { map.download([map.drawing()], 'medgraph.svg', 'image/svg+xml'); });
  $('pdf').addEventListener('click', function () {
    var size = paper();
    raster(2, function (canvas) {
      map.bytesOf(canvas, 'image/jpeg', function (bytes) {
        map.download(map.pdf(bytes, [canvas.width, canvas.height], size[0], size[1]), 'medgraph.pdf', 'application/pdf');
      });
    });
  });
  $('csv').addEventListener('click', function () { map.download([map.csv(map.tables()[0][1])], 'medgraph.csv', 'text/csv'); });
  $('xlsx').addEventListener('click', function () {
    map.download(map.xlsx(map.tables()), 'medgraph.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  });
  $('print').addEventListener('click', function () { window.print(); });
  window.addEventListener('beforeprint', function () {
    var size = paper();
    $('page-size').textContent = '@page { size: ' + size[0] + 'pt ' + size[1] + 'pt; margin: 8mm; }';
    map.empty($('paper'));
    $('paper').appendChild(document.importNode(new DOMParser().parseFromString(map.drawing(), 'image/svg+xml').documentElement, true));
  });
  window.addEventListener('afterprint', function () { map.empty($('paper')); });
}());
