'use strict';
(function () {
  var data = JSON.parse(document.getElementById('data').textContent);
  var lang = data.lang, hiddenGroups = {}, layers = {}, onlyProblems = false;
  var byId = {};
  var many = data.nodes.length > 400;  // then no lines while the picture moves
  function $(id) { return document.getElementById(id); }
  function word(key) { return data.words[lang].ui[key] || key; }
  function element(name, text, parent) {
    var made = document.createElement(name);
    if (text !== undefined && text !== null) made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  }
  function empty(node) { while (node.firstChild) node.removeChild(node.firstChild); }
  // The canvas knows no style sheet: it is given the colours of the page.
  var css = window.getComputedStyle(document.documentElement);
  function colourOf(name) { return css.getPropertyValue('--' + name).trim(); }
  var INK = colourOf('ink'), PAPER = colourOf('paper'), PROBLEM = colourOf('problem'), FAINT = colourOf('faint');
  var CHOSEN = colourOf('chosen'), BOX_INK = colourOf('box-ink'), BOX_PROBLEM = colourOf('box-problem');
  // The name of a box stands on the light tint of its group, every other name on the paper.
  function inkOf(node) {
    if (node.shape === 'box') return node.problem ? BOX_PROBLEM : BOX_INK;
    return node.problem ? PROBLEM : INK;
  }

  data.layers.forEach(function (layer) { layers[layer.id] = layer.on; });
  var colours = {};
  data.layers.forEach(function (layer) { colours[layer.id] = layer.colour; });
  data.nodes.forEach(function (node) { byId[node.id] = node; });

  var nodes = new vis.DataSet(data.nodes.map(function (node) {
    var box = node.shape === 'box';
    return { id: node.id, label: node.label, shape: node.shape, size: node.size, x: node.x, y: node.y,
      color: { background: node.color.background, border: node.color.border,
        highlight: { background: CHOSEN, border: INK } },
      borderWidth: node.borderWidth, shapeProperties: { borderDashes: node.role === 'class' ? [4, 3] : false },
      margin: box ? 8 : undefined,
      font: { size: box ? 19 : 20, color: inkOf(node), strokeWidth: 0 } };
  }));
  var edges = new vis.DataSet(data.edges.map(function (edge) {
    var turn = edge.turn || 0;
    return { id: edge.id, from: edge.from, to: edge.to, hidden: !layers[edge.layer],
      color: { color: colours[edge.layer], opacity: edge.layer === 'membership' ? 0.55 : 0.8 },
      dashes: edge.layer === 'alliances' ? [6, 4] : false,
      arrows: edge.layer === 'referral' || edge.layer === 'dispatch' ? { to: { enabled: true, scaleFactor: 0.5 } }
        : { to: { enabled: false } },
      smooth: turn ? { enabled: true, type: turn % 2 ? 'curvedCW' : 'curvedCCW', roundness: 0.12 * Math.ceil(turn / 2) }
        : { enabled: false } };
  }));
  var network = new vis.Network($('canvas'), { nodes: nodes, edges: edges }, {
    physics: false, layout: { improvedLayout: false }, autoResize: true,
    interaction: { hover: true, keyboard: { enabled: true, bindToWindow: false }, hideEdgesOnDrag: many, hideEdgesOnZoom: many }
  });
  window.medgraphNetwork = network;

  function visible(node) {
    if (onlyProblems && !node.problem) return false;
    if (node.layer && !layers[node.layer]) return false;
    return !hiddenGroups[node.owner || ''];
  }
  function apply() {
    var shown = {}, count = 0, drawn = 0;
    data.nodes.forEach(function (node) { if (visible(node)) { shown[node.id] = true; count += 1; } });
    nodes.update(data.nodes.map(function (node) { return { id: node.id, hidden: !shown[node.id] }; }));
    edges.update(data.edges.map(function (edge) {
      var on = layers[edge.layer] && shown[edge.from] && shown[edge.to];
      if (on) drawn += 1;
      return { id: edge.id, hidden: !on };
    }));
    var said = word('shown').replace('{shown}', count).replace('{total}', data.nodes.length)
      .replace('{links}', drawn).replace('{all}', data.edges.length);
    if (data.toAreas) said += ' ' + word('to_areas').replace('{count}', data.toAreas);
    $('shown').textContent = said;
  }
  function locate(id) {
    var node = byId[id];
    if (!node) return;
    if (node.layer && !layers[node.layer]) { layers[node.layer] = true; controls(); }
    if (hiddenGroups[node.owner || '']) { delete hiddenGroups[node.owner || '']; controls(); }
    apply();
    network.selectNodes([id]);
    network.focus(id, { scale: 1.1, animation: false });
    show(id);
  }
  function reading(column, value) {
    var known = data.words[lang].values[column];
    if (!known) return value;
    return value.split('|').map(function (part) {
      return Object.prototype.hasOwnProperty.call(known, part) ? known[part] : part;
    }).join('、');
  }
  function show(id) {
    var node = byId[id], box = $('record'), body = box.querySelector('div');
    empty(body);
    box.querySelector('h2').textContent = node.name;
    if (node.problem) { var fault = element('p', node.problem, body); fault.style.color = PROBLEM; }
    var list = element('dl', null, body);
    Object.keys(node.record).forEach(function (key) {
      element('dt', data.words[lang].columns[key] || key, list);
      element('dd', reading(key, node.record[key]), list);
    });
    var mine = data.edges.filter(function (edge) { return edge.from === id || edge.to === id; });
    element('h2', word('links') + ' (' + mine.length + ')', body);
    var links = element('ul', null, body);
    mine.slice(0, 200).forEach(function (edge) {
      var item = element('li', null, links), out = edge.from === id, other = byId[out ? edge.to : edge.from];
      element('span', (out ? '→ ' : '← ') + (data.words[lang].relations[edge.relation] || edge.relation) + ' ', item);
      var button = element('button', other.name, item);
      button.type = 'button';
      button.addEventListener('click', function () { locate(other.id); });
      if (edge.record.clause) element('span', ' ' + edge.record.clause, item);
    });
    if (mine.length > 200) element('p', '… 200 / ' + mine.length, body);
    box.hidden = false;
  }
  function tick(parent, label, colour, on, line, change) {
    var row = element('label', null, parent);
    row.className = 'row';
    var input = element('input', null, row);
    input.type = 'checkbox';
    input.checked = on;
    input.addEventListener('change', function () { change(input.checked); apply(); });
    var swatch = element('span', null, row);
    swatch.className = line ? 'swatch line' : 'swatch';
    swatch.style.background = colour;
    element('span', label, row);
  }
  function controls() {
    empty($('legend'));
    empty($('layers'));
    var count = {};
    data.nodes.forEach(function (node) { count[node.owner || ''] = (count[node.owner || ''] || 0) + 1; });
    data.legend.concat(count[''] ? [{ id: '', label: word('other'), colour: FAINT }] : []).forEach(function (entry) {
      tick($('legend'), entry.label + ' (' + (count[entry.id] || 0) + ')', entry.colour, !hiddenGroups[entry.id], false,
        function (on) { if (on) delete hiddenGroups[entry.id]; else hiddenGroups[entry.id] = true; });
    });
    data.layers.forEach(function (layer) {
      var of = data.edges.filter(function (edge) { return edge.layer === layer.id; }).length;
      tick($('layers'), data.words[lang].layers[layer.id] + ' (' + of + ')', layer.colour, layers[layer.id], true,
        function (on) { layers[layer.id] = on; });
    });
  }
  function problems() {
    var rows = data.nodes.filter(function (node) { return node.problem; });
    rows.sort(function (one, other) { return one.standing - other.standing; });
    $('problems').querySelector('h2').textContent = word('problems') + ' (' + rows.length + ')';
    var body = $('problems').querySelector('tbody');
    empty(body);
    if (!rows.length) element('td', word('none'), element('tr', null, body));
    rows.forEach(function (node) {
      var row = element('tr', null, body), button = element('button', node.name, element('td', null, row));
      button.type = 'button';
      button.addEventListener('click', function () { locate(node.id); });
      element('td', node.problem, row);
    });
  }
  function search() {
    var wanted = $('search').value.trim().toLowerCase(), list = $('found');
    empty(list);
    if (!wanted) return [];
    var hits = data.nodes.filter(function (node) { return node.search.indexOf(wanted) >= 0; });
    hits.slice(0, 12).forEach(function (node) {
      var button = element('button', node.name, element('li', null, list));
      button.type = 'button';
      button.addEventListener('click', function () { locate(node.id); });
    });
    if (hits.length > 12) element('li', '… ' + hits.length, list);
    if (!hits.length) element('li', word('none'), list);
    return hits;
  }
  function say() {
    document.documentElement.lang = data.tags[lang];
    Array.prototype.forEach.call(document.querySelectorAll('[data-word]'), function (node) {
      node.textContent = word(node.getAttribute('data-word'));
    });
    $('title').textContent = data.title;
    $('facts').textContent = [data.day].concat(data.facts, [word('sketch')]).join(' · ');
    $('legend-title').textContent = word(data.byValue ? 'values' : 'groups');
    empty($('stamps'));
    data.stamps.forEach(function (stamp) { element('strong', stamp, $('stamps')); });
    controls();
    problems();
    search();
    apply();
  }
  function download(url, name) {
    var link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
  }
  function picture() {
    var canvas = document.querySelector('#canvas canvas'), copy = document.createElement('canvas');
    copy.width = canvas.width;
    copy.height = canvas.height;
    var pen = copy.getContext('2d');
    pen.fillStyle = PAPER;
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(canvas, 0, 0);
    pen.fillStyle = INK;
    pen.font = '14px sans-serif';
    pen.fillText([data.title, data.day].concat(data.stamps, [word('sketch'), $('shown').textContent]).join(' · '), 10, copy.height - 10);
    return copy.toDataURL('image/png');
  }
  function escaped(text) {
    return String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  }
  var corners = { square: 4, triangle: 3, triangleDown: 3, diamond: 4, hexagon: 6, star: 10 };
  function outline(node, p) {
    var count = corners[node.shape], points = [];
    if (!count) return '<circle cx="' + p.x + '" cy="' + p.y + '" r="' + node.size + '"';
    var turn = { square: Math.PI / 4, triangleDown: Math.PI }[node.shape] || 0;
    for (var i = 0; i < count; i += 1) {
      var angle = turn + 2 * Math.PI * i / count, far = node.size * (node.shape === 'star' && i % 2 ? 0.5 : 1.2);
      points.push((p.x + far * Math.sin(angle)).toFixed(1) + ',' + (p.y - far * Math.cos(angle)).toFixed(1));
    }
    return '<polygon points="' + points.join(' ') + '"';
  }
  function drawing() {
    var place = network.getPositions(), xs = [], ys = [], parts = [];
    var on = data.nodes.filter(visible), shown = {};
    on.forEach(function (node) { shown[node.id] = true; xs.push(place[node.id].x); ys.push(place[node.id].y); });
    data.edges.forEach(function (edge) {
      if (!layers[edge.layer] || !shown[edge.from] || !shown[edge.to]) return;
      var a = place[edge.from], b = place[edge.to];
      parts.push('<line x1="' + a.x + '" y1="' + a.y + '" x2="' + b.x + '" y2="' + b.y + '" stroke="' + colours[edge.layer] + '" stroke-opacity=".6"/>');
    });
    on.forEach(function (node) {
      var p = place[node.id];
      var box = node.shape === 'box', ink = inkOf(node), look = ' fill="' + escaped(node.color.background) +
        '" stroke="' + escaped(node.color.border) + '" stroke-width="' + node.borderWidth + '"/>';
      if (box) {
        var room = 20 * node.label.length + 16;
        parts.push('<rect x="' + (p.x - room / 2) + '" y="' + (p.y - 17) + '" width="' + room + '" height="34" rx="5"' + look);
        parts.push('<text x="' + p.x + '" y="' + (p.y + 7) + '" font-size="19" text-anchor="middle" fill="' + ink + '">' + escaped(node.label) + '</text>');
        return;
      }
      parts.push(outline(node, p) + look);
      node.label.trim().split('\n').forEach(function (line, number) {
        parts.push('<text x="' + p.x + '" y="' + (p.y + node.size + 20 + 22 * number) + '" font-size="20" text-anchor="middle" fill="' + ink + '" stroke="' + PAPER + '" stroke-width="3" paint-order="stroke">' + escaped(line) + '</text>');
      });
    });
    var left = Math.min.apply(null, xs) - 120, top = Math.min.apply(null, ys) - 80;
    var wide = Math.max.apply(null, xs) - left + 120, high = Math.max.apply(null, ys) - top + 60;
    var head = '<text x="' + (left + 10) + '" y="' + (top + 30) + '" font-size="22" font-weight="bold" fill="' + INK + '">' + escaped(data.title) + '</text><text x="' + (left + 10) + '" y="' + (top + 54) + '" font-size="14" fill="' + INK + '">' + escaped([data.day].concat(data.stamps, [word('sketch'), $('shown').textContent]).join(' · ')) + '</text>';
    return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="' + [left, top, wide, high].join(' ') + '" width="' + wide + '" height="' + high + '" font-family="sans-serif"><rect x="' + left + '" y="' + top + '" width="' + wide + '" height="' + high + '" fill="' + PAPER + '"/>' + head + parts.join('') + '</svg>';
  }

  $('search').addEventListener('input', search);
  $('search').addEventListener('keydown', function (event) {
    if (event.key !== 'Enter') return;
    var hits = search();
    if (hits.length) locate(hits[0].id);
  });
  $('only-problems').addEventListener('change', function () { onlyProblems = this.checked; apply(); network.fit(); });
  $('fit').addEventListener('click', function () { network.fit(); });
  $('png').addEventListener('click', function () { download(picture(), 'medgraph.png'); });
  $('svg').addEventListener('click', function () {
    var url = URL.createObjectURL(new Blob([drawing()], { type: 'image/svg+xml' }));
    download(url, 'medgraph.svg');
    setTimeout(function () { URL.revokeObjectURL(url); }, 1000);
  });
  $('print').addEventListener('click', function () { window.print(); });
  $('language').addEventListener('click', function () {
    var languages = Object.keys(data.tags);
    lang = languages[(languages.indexOf(lang) + 1) % languages.length];
    say();
  });
  $('close').addEventListener('click', function () { $('record').hidden = true; network.unselectAll(); });
  network.on('click', function (event) { if (event.nodes.length) show(event.nodes[0]); });
  network.on('hoverNode', function (event) {
    var node = byId[event.node], tip = $('tip');
    tip.textContent = node.name + (node.problem ? ' · ' + node.problem : '');
    tip.style.left = (event.event.clientX + 14) + 'px';
    tip.style.top = (event.event.clientY + 10) + 'px';
    tip.hidden = false;
  });
  network.on('blurNode', function () { $('tip').hidden = true; });
  network.on('dragStart', function () { $('tip').hidden = true; });
  window.addEventListener('beforeprint', function () {
    empty($('paper'));
    $('paper').appendChild(document.importNode(new DOMParser().parseFromString(drawing(), 'image/svg+xml').documentElement, true));
  });
  window.addEventListener('afterprint', function () { empty($('paper')); });
  say();
  network.fit();
}());
