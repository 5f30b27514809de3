'use strict';
// What the page holds: columns of texts and numbers, read into nodes, links and levels.
(function () {
  var map = window.medgraphMap = {};
  var data = map.data = JSON.parse(document.getElementById('data').textContent);
  map.lang = data.lang;
  map.$ = function (id) { return document.getElementById(id); };
  map.word = function (key) { return data.words[map.lang].ui[key] || key; };
  // A sentence of the data as it reads in the language of now.
  map.told = function (text) {
    var told = data.words[map.lang].told;
    return Object.prototype.hasOwnProperty.call(told, text) ? told[text] : text;
  };
  // A sentence with what is filled in; of two words, `{count} link[|s]`, the first is for a number of 1.
  map.filled = function (key, values) {
    var before = '';
    return map.word(key).replace(/\{(\w+)\}|\[([a-z ]*)\|([a-z ]*)\]/g, function (all, field, one, many) {
      if (field === undefined) return before === '1' ? one : many;
      before = field in values ? String(values[field]) : all;
      return before;
    });
  };
  // Which day an answer is for, and how far the data reach.
  map.dayTold = function (day) {
    var words = data.words[map.lang];
    return day === data.day ? words.day : words.otherDay.split('{day}').join(day);
  };
  map.element = function (name, text, parent) {
    var made = document.createElement(name);
    if (text !== undefined && text !== null) made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  };
  map.button = function (text, parent, act) {
    var made = map.element('button', text, parent);
    made.type = 'button';
    made.addEventListener('click', act);
    return made;
  };
  map.empty = function (node) { while (node.firstChild) node.removeChild(node.firstChild); };
  // The canvas knows no style sheet: it is given the colours of the page.
  map.colourOf = function (name) {
    return window.getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  };

  // A column as it was before it was packed: a value for each row, null where there is none.
  function unpacked(packed, count) {
    if (Array.isArray(packed)) return packed;
    var found = new Array(count).fill(packed.all === undefined ? null : packed.all);
    if (packed.at) {
      var stated = unpacked(packed.is, packed.at.length);
      packed.at.forEach(function (place, i) { found[place] = stated[i]; });
    }
    if (packed.steps) packed.steps.reduce(function (sum, step, i) { found[i] = sum + step; return found[i]; }, 0);
    if (packed.words) packed.codes.forEach(function (code, i) { if (code >= 0) found[i] = packed.words[code]; });
    return found;
  }
  function namesOf(columns) {
    return Object.keys(columns).filter(function (name) { return name !== 'record' && name !== ''; });
  }
  map.rows = function (columns) {
    var count = columns[''], found = [];
    for (var number = 0; number < count; number += 1) found.push({ number: number });
    namesOf(columns).forEach(function (name) {
      unpacked(columns[name], count).forEach(function (value, i) { found[i][name] = value; });
    });
    return found;
  };
  // A column of the records is unpacked when it is first asked for.
  function recordColumn(columns, name) {
    var packed = columns.record[name];
    if (!Array.isArray(packed)) columns.record[name] = packed = unpacked(packed, columns.record['']);
    return packed;
  }
  function recordOf(columns, number) {
    var found = {};
    namesOf(columns.record).forEach(function (name) {
      var value = recordColumn(columns, name)[number];
      if (value !== null && value !== undefined) found[name] = value;
    });
    return found;
  }
  map.recordColumns = function () { return namesOf(data.nodes.record); };
  map.recordColumn = function (name) { return recordColumn(data.nodes, name); };

  function heading(name) { return data.words[map.lang].columns[name] || name; }
  map.heading = heading;
  // Of two columns that are called alike each says its own name as well.
  map.ownHeading = function (name) {
    var isTwice = map.recordColumns().some(function (other) { return other !== name && heading(other) === heading(name); });
    return isTwice ? heading(name) + ' ' + name : heading(name);
  };

  map.nodes = map.rows(data.nodes);
  map.edges = map.rows(data.edges);
  map.edges.forEach(function (edge) {
    var parts = edge.what.split(' ');
    edge.relation = parts[0];
    edge.layer = parts[1];
  });
  map.levels = map.rows(data.levels);
  map.byId = new Map();
  map.nodes.forEach(function (node) {
    node.size = data.sizes[node.role] || data.sizes[''];
    node.text = node.label;
    map.byId.set(node.id, node);
  });
  map.nodeRecord = function (number) { return recordOf(data.nodes, number); };
  map.edgeRecord = function (number) { return recordOf(data.edges, number); };
  // Pinyin and initials letter by letter; `sound` is there where a name is read otherwise.
  function spelled(name) {
    var sounds = (name.match(/[\u4e00-\u9fff]|[^\u4e00-\u9fff]+/g) || []).map(function (part) {
      return Object.prototype.hasOwnProperty.call(data.letters, part) ? data.letters[part] : part;
    });
    return sounds.join('') + ' ' + sounds.map(function (sound) { return sound.charAt(0); }).join('');
  }
  map.searched = function (node) {
    if (node.search === undefined) {
      node.search = [node.name, node.label, node.id, node.sound || spelled(node.name)].join(' ').toLowerCase();
    }
    return node.search;
  };
  // the links of each node, by its number
  var ofNode = null;
  map.linksOf = function (number) {
    if (!ofNode) {
      ofNode = map.nodes.map(function () { return []; });
      map.edges.forEach(function (edge) {
        ofNode[edge.from].push(edge);
        if (edge.to !== edge.from) ofNode[edge.to].push(edge);
      });
    }
    return ofNode[number];
  };
}());
