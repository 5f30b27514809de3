'use strict';
// The panel: controls, search, the record of a node, the language.
(function () {
  var map = window.medgraphMap, data = map.data, network = map.network;
  var $ = map.$, word = map.word, element = map.element, empty = map.empty;
  var MOST_LINKS = 200, MOST_HITS = 12;
  var onlyProblems = false;
  map.legend = data.legend;
  map.numbers = new Map();  // those of the groups, while colours alone do not tell them apart
  map.numbered = function (id, name) { return map.numbers.has(id) ? map.numbers.get(id) + ' · ' + name : name; };
  map.colouredBy = data.byValue ? 'given' : 'group';
  map.sections = [];  // each adds to the record of a node
  map.sayings = [];  // each writes its words again in the language of now
  map.clearing = [];  // each takes its filter back
  map.filters.push(function (node) { return !onlyProblems || !!node.problem; });

  // Show a node whatever hides it, and its record.
  map.locate = function (id) {
    var node = map.byId.get(id);
    if (!node) return;
    if (map.layers[node.layer] === false) map.layers[node.layer] = true;
    delete map.hiddenGroups[node.owner || ''];
    if (node.absent || !map.passes(node)) map.clearFilters();
    map.choose(node.number);
    controls();
    map.apply();
    map.frame([node.number], true);
    if (map.standsFor(node) < 0) network.selectNodes([id]);
  };
  map.choose = function (number) {
    map.chosen = number;
    map.select([number]);
    map.show(number);
  };
  map.clearFilters = function () {
    onlyProblems = $('only-problems').checked = false;
    map.clearing.forEach(function (clear) { clear(); });
  };

  // -- the record -----------------------------------------------------------------------------------

  map.reading = function (column, value) {
    var known = data.words[map.lang].values[column];
    if (!known) return value;
    return value.split('|').map(function (part) {
      return Object.prototype.hasOwnProperty.call(known, part) ? known[part] : part;
    }).join(word('comma'));
  };
  map.nodeButton = function (number, parent) {
    return map.button(map.nodes[number].name, parent, function (event) {
      if (map.isMore(event)) map.selectMore(number); else map.locate(map.nodes[number].id);
    });
  };
  map.show = function (number) {
    var node = map.nodes[number], box = $('record'), body = box.querySelector('div');
    empty(body);
    box.querySelector('h2').textContent = node.name;
    if (node.problem) element('p', map.told(node.problem), body).className = 'fault';
    map.sections.forEach(function (section) { section(node, body); });
    var list = element('dl', null, body), record = map.nodeRecord(number);
    [['id', node.id], ['kind', node.kind]].concat(Object.keys(record).map(function (key) { return [key, record[key]]; })).forEach(function (pair) {
      element('dt', data.words[map.lang].columns[pair[0]] || pair[0], list);
      element('dd', map.reading(pair[0], pair[1]), list);
    });
    linksOf(number, body);
    if (box.hidden) {
      box.hidden = false;
      network.setSize('100%', '100%');  // the picture is narrower now
    }
  };
  function linksOf(number, body) {
    var mine = map.linksOf(number).filter(function (edge) { return !edge.absent; });
    element('h2', word('links') + ' (' + mine.length + ')', body);
    var links = element('ul', null, body);
    mine.slice(0, MOST_LINKS).forEach(function (edge) {
      var item = element('li', null, links), out = edge.from === number, record = map.edgeRecord(edge.number);
      element('span', (out ? '→ ' : '← ') + (data.words[map.lang].relations[edge.relation] || edge.relation) + ' ', item);
      map.nodeButton(out ? edge.to : edge.from, item);
      if (record.clause) element('span', ' ' + record.clause, item);
    });
    if (mine.length > MOST_LINKS) element('p', '… ' + MOST_LINKS + ' / ' + mine.length, body);
  }
  function closeRecord() {
    $('record').hidden = true;
    network.setSize('100%', '100%');
    map.chosen = -1;
    map.select([]);
    map.sections.forEach(function (section) { section({ kind: '' }, null); });
    map.lit = null;
    network.unselectAll();
    map.apply();
  }

  // -- controls -------------------------------------------------------------------------------------

  map.tick = function (parent, label, colour, on, line, change) {
    var row = element('label', null, parent);
    row.className = 'row';
    var input = element('input', null, row);
    input.type = 'checkbox';
    input.checked = on;
    input.addEventListener('change', function () { change(input.checked); map.apply(); });
    var swatch = element('span', null, row);
    swatch.className = line ? 'swatch line' : 'swatch';
    if (line) swatch.style.background = colour;
    else {
      var look = map.swatch(colour);
      swatch.style.background = look.ground;
      swatch.style.border = '1.5px solid ' + look.edge;
    }
    element('span', label, row);
  };
  map.unnamed = function () { return word(map.colouredBy === 'group' ? 'other' : 'not_stated'); };
  function controls() {
    empty($('legend'));
    empty($('layers'));
    var count = Object.create(null), hidden = map.hiddenGroups;
    map.nodes.forEach(function (node) { if (!node.absent) count[node.owner || ''] = (count[node.owner || ''] || 0) + 1; });
    $('numbered').hidden = !map.numbers.size;
    map.legend.concat(count[''] ? [{ id: '', label: map.unnamed(), colour: map.colours.faint }] : []).forEach(function (entry) {
      map.tick($('legend'), map.numbered(entry.id, entry.label) + ' (' + (count[entry.id] || 0) + ')', entry.colour, !hidden[entry.id], false,
        function (on) { if (on) delete hidden[entry.id]; else hidden[entry.id] = true; });
    });
    var links = Object.create(null);
    map.edges.forEach(function (edge) { if (!edge.absent) links[edge.layer] = (links[edge.layer] || 0) + 1; });
    data.layers.forEach(function (layer) {
      map.tick($('layers'), data.words[map.lang].layers[layer.id] + ' (' + (links[layer.id] || 0) + ')', map.layerColours[layer.id], map.layers[layer.id], true,
        function (on) { map.layers[layer.id] = on; });
    });
  }
  map.controls = controls;
  map.options = function (select, entries, chosen) {
    empty(select);
    entries.forEach(function (entry) {
      var option = element('option', entry[1], select);
      option.value = entry[0];
      option.selected = entry[0] === chosen;
    });
  };
  function details() {
    $('detail-row').hidden = !map.levels.length;
    map.options($('detail'), ['auto', 'county', 'group', 'all'].map(function (one) { return [one, word('detail_' + one)]; }), map.detail);
  }
  $('detail').addEventListener('change', function () { map.detail = this.value; map.apply(); });

  function search() {
    var wanted = $('search').value.trim().toLowerCase(), list = $('found');
    empty(list);
    if (!wanted) return [];
    var hits = map.nodes.filter(function (node) { return map.searched(node).indexOf(wanted) >= 0; });
    hits.slice(0, MOST_HITS).forEach(function (node) { map.nodeButton(node.number, element('li', null, list)); });
    if (hits.length > MOST_HITS) element('li', '… ' + hits.length, list);
    if (!hits.length) element('li', word('none'), list);
    return hits;
  }
  map.say = function () {
    document.documentElement.lang = data.tags[map.lang];
    Array.prototype.forEach.call(document.querySelectorAll('[data-word]'), function (node) {
      node.textContent = word(node.getAttribute('data-word'));
    });
    $('title').textContent = map.told(data.title);
    $('facts').textContent = [map.dayTold(data.day)].concat(data.facts.map(map.told), [word('sketch')]).join(' · ');
    empty($('stamps'));
    data.stamps.forEach(function (stamp) { element('strong', map.told(stamp), $('stamps')); });
    details();
    controls();
    map.sayings.forEach(function (saying) { saying(); });
    search();
    map.apply();
    if (!$('record').hidden && map.chosen >= 0) map.show(map.chosen);
  };

  $('search').addEventListener('input', search);
  $('search').addEventListener('keydown', function (event) {
    if (event.key !== 'Enter') return;
    var hits = search();
    if (hits.length) map.locate(hits[0].id);
  });
  $('only-problems').addEventListener('change', function () { onlyProblems = this.checked; map.apply(); map.fit(); });
  $('fit').addEventListener('click', map.fit);
  $('language').addEventListener('click', function () {
    var languages = Object.keys(data.tags);
    map.lang = languages[(languages.indexOf(map.lang) + 1) % languages.length];
    map.say();
  });
  $('close').addEventListener('click', closeRecord);

  // A person's doings on a picture: the record of a node, a level that opens, a name under the pointer.
  map.listen = function (network) {
    network.on('click', function (event) {
      var level = event.nodes.length ? map.levelOf(event.nodes[0]) : map.levelAt(event.pointer.canvas.x, event.pointer.canvas.y);
      if (level >= 0) { map.enter(level); return; }
      if (!event.nodes.length) return;
      var number = map.byId.get(event.nodes[0]).number;
      if (map.isMore(event.event.srcEvent)) map.selectMore(number); else map.choose(number);
    });
    network.on('hoverNode', function (event) {
      var level = map.levelOf(event.node), node = map.byId.get(event.node), tip = $('tip');
      tip.textContent = level >= 0 ? map.levelWords(map.levels[level]) : node.name + (node.problem ? ' · ' + map.told(node.problem) : '');
      tip.style.left = (event.event.clientX + 14) + 'px';
      tip.style.top = (event.event.clientY + 10) + 'px';
      tip.hidden = false;
    });
    network.on('blurNode', function () { $('tip').hidden = true; });
    network.on('dragStart', function () { $('tip').hidden = true; });
    // A node that is moved by hand takes its name along, and stays there; a closed level does not move.
    function carry(event) {
      event.nodes.filter(function (id) { return map.byId.has(id); }).forEach(function (id) {
        var at = network.getPosition(id);
        Object.assign(map.byId.get(id), { x: at.x, y: at.y });
      });
    }
    network.on('dragging', carry);
    network.on('dragEnd', function (event) {
      if (!event.nodes.length) return;
      carry(event);
      map.apply();
    });
  };
  map.listen(network);
}());
