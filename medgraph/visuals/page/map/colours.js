'use strict';
// Colour and size by anything: groups, districts, any column, an answer. The legend states unit and classes.
(function () {
  var map = window.medgraphMap, data = map.data, word = map.word, $ = map.$;
  var CLASSES = 5, MOST = 12, NUMBER = /^-?\d+(\.\d+)?$/;
  var sizedBy = '', given = map.nodes.map(function (node) { return { owner: node.owner, fill: node.fill, border: node.border }; });

  function severities() {
    var found = new Map();
    (map.findings || []).forEach(function (finding) {
      finding.subjects.forEach(function (number) { if (!found.has(number)) found.set(number, finding.severity); });
    });
    return function (node) { return found.get(node.number) || null; };
  }
  function minutesUp(node) {
    var found = map.ways && map.ways.questions.get('lead').up(node.number);
    if (!found || found.way.kind !== 'reached' || found.way.account !== 'judged' || isNaN(found.minutes)) return null;
    return String(found.minutes);
  }
  function dependents(node) {
    if (node.kind !== 'Facility') return null;
    var all = new Set();
    map.lossesOf(node.id).forEach(function (loss) { loss.losers.forEach(function (loser) { all.add(loser); }); });
    return String(all.size);
  }
  // What a node can be coloured by: a key, and the value of a node for it.
  function valueBy(key) {
    if (key === 'given') return function (node) { return given[node.number].owner || null; };
    if (key === 'group') return function (node) { return node.group || null; };
    if (key === 'county') return function (node) { return node.county || null; };
    if (key === 'role') return function (node) { return node.kind; };
    if (key === 'severity') return severities();
    if (key === 'minutes') return minutesUp;
    if (key === 'dependents') return dependents;
    var column = map.recordColumn(key.slice('column '.length));
    return function (node) { return column[node.number]; };
  }
  map.valueBy = valueBy;
  function called(key) {
    if (key.indexOf('column ') === 0) return map.ownHeading(key.slice(7));
    return word('by_' + key);
  }
  function reads(key, value) {
    if (key === 'group') return map.byId.has(value) ? map.byId.get(value).label : value;
    if (key === 'county') return data.counties[value] || value;
    if (key === 'role') return map.reading('kind', value);
    if (key === 'severity') return data.words[map.lang].severities[value];
    return key.indexOf('column ') === 0 ? map.reading(key.slice(7), value) : value;
  }
  function stated(key) {
    var value = valueBy(key);
    return map.nodes.map(value).filter(function (one) { return one !== null && one !== undefined && one !== ''; });
  }
  // Codes and ids are names, of whatever digits.
  var NAMES = ['given', 'group', 'county'].concat(data.texts.map(function (name) { return 'column ' + name; }));
  function isNumbers(key, values) {
    return NAMES.indexOf(key) < 0 && values.length > 0 && new Set(values).size > 1 && values.every(function (value) { return NUMBER.test(value); });
  }
  function unitOf(key) {
    var units = data.words[map.lang].units, name = key.replace('column ', '');
    return units[name] || word('unit_' + name).replace('unit_' + name, '') || '—';
  }
  function short(number) { return String(Math.round(number * 100) / 100); }
  // Numbers in classes of about as many each: the upper bound of each, and how it reads.
  function classesOf(numbers) {
    var sorted = numbers.slice().sort(function (a, b) { return a - b; }), uppers = [];
    for (var i = 1; i <= CLASSES; i += 1) {
      var upper = sorted[Math.min(sorted.length - 1, Math.ceil(i * sorted.length / CLASSES) - 1)];
      if (uppers.indexOf(upper) < 0) uppers.push(upper);
    }
    return uppers.map(function (upper, place) {
      var mine = sorted.filter(function (one) { return one <= upper && (place === 0 || one > uppers[place - 1]); });
      var least = mine[0];
      return { upper: upper, label: least === upper ? short(upper) : short(least) + '–' + short(upper), count: mine.length };
    });
  }
  map.classesOf = classesOf;
  function colourBy(key) {
    if (key !== map.colouredBy) map.hiddenGroups = Object.create(null);
    map.colouredBy = key;
    var value = valueBy(key), values = stated(key), legend, colourOf;
    var isOwn = key === 'given' && (data.isScale || data.legend.length < MOST);
    if (isOwn || (key === 'group' && !data.byValue)) {
      legend = data.legend;
      colourOf = isOwn ? null : function (id) { var one = legend.find(function (entry) { return entry.id === id; }); return one && one.colour; };
    } else if (isNumbers(key, values)) {
      var classes = classesOf(values.map(Number));
      legend = classes.map(function (one, i) { return { id: one.label, label: one.label, colour: data.sequence[Math.min(i + CLASSES - classes.length, CLASSES - 1)] }; });
      var plain = value;
      value = function (node) {
        var text = plain(node);
        if (text === null || text === undefined || text === '') return null;
        return classes.find(function (one) { return Number(text) <= one.upper; }).label;
      };
    } else {
      var count = new Map();
      values.forEach(function (one) { count.set(one, (count.get(one) || 0) + 1); });
      var names = Array.from(count.keys()).sort(function (a, b) { return count.get(b) - count.get(a) || (a < b ? -1 : 1); });
      legend = names.slice(0, MOST).map(function (one, i) { return { id: one, label: reads(key, one), colour: data.shades[i % data.shades.length] }; });
      var rest = new Set(names.slice(MOST)), own = value;
      if (rest.size) {
        legend.push({ id: '\u0001others', label: map.filled('others', { count: rest.size }), colour: map.colours.faint });
        value = function (node) { var one = own(node); return rest.has(one) ? '\u0001others' : one; };
      }
    }
    map.legend = legend;
    map.numbers = new Map(key === 'group' ? Object.entries(data.numbers) : []);
    var colours = new Map(legend.map(function (entry) { return [entry.id, entry.colour]; }));
    map.nodes.forEach(function (node) {
      var own = given[node.number], found = value(node);
      node.owner = isOwn ? own.owner : found || '';
      if (isOwn || (key === 'group' && !data.byValue && node.role === 'group')) { node.fill = own.fill; node.border = own.border; return; }
      if (node.role === 'gap') return;
      var shade = (colourOf ? colourOf(node.owner) : colours.get(node.owner)) || map.colours.faint;
      node.border = shade;
      node.fill = node.role === 'class' || node.role === 'group' || node.role === 'alliance' ? data.paper : shade;
    });
    title(key, isNumbers(key, values) ? legend.length : 0);
  }
  function title(key, classes) {
    var said = key === 'group' ? word('groups') : key === 'given' ? word('values') : called(key);
    if (classes) said = map.filled('classes', { column: called(key), unit: unitOf(key), count: classes });
    $('legend-title').textContent = said;
    map.colouredWords = function () { return key === 'group' || key === 'given' ? called(key) : said; };
  }
  function sizeBy(key) {
    sizedBy = key;
    var numbers = key ? map.nodes.map(valueBy(key)).map(function (one) { return one === null || one === undefined ? NaN : Number(one); }) : [];
    var most = numbers.reduce(function (a, b) { return b > a ? b : a; }, 0);
    map.nodes.forEach(function (node) {
      var own = numbers[node.number];
      node.grown = !key || !most || isNaN(own) ? 1 : 0.6 + 1.9 * Math.sqrt(Math.max(0, own) / most);
    });
  }
  map.colourBy = function (key) { colourBy(key); $('colour-by').value = key; map.controls(); map.apply(); };
  map.recolour = function () { if (map.colouredBy === 'group') colourBy('group'); };
  function keys() {
    var found = (data.byValue ? ['given'] : []).concat(['group', 'county', 'role']);
    if (map.findings && map.findings.length) found.push('severity');
    if (map.ways) found.push('minutes');
    if (data.losses) found.push('dependents');
    return found.concat(map.recordColumns().map(function (name) { return 'column ' + name; })).filter(function (key) {
      return ['given', 'group', 'role'].indexOf(key) >= 0 || stated(key).length > 0;
    });
  }
  var every = keys();
  map.colourKeys = every;
  $('colour-by').addEventListener('change', function () { map.colourBy(this.value); });
  $('size-by').addEventListener('change', function () { sizeBy(this.value); map.apply(); });
  map.sayings.push(function () {
    map.options($('colour-by'), every.map(function (key) { return [key, called(key)]; }), map.colouredBy);
    var numeric = every.filter(function (key) { return isNumbers(key, stated(key)); });
    map.options($('size-by'), [['', word('size_even')]].concat(numeric.map(function (key) { return [key, called(key)]; })), sizedBy);
    colourBy(map.colouredBy);
    map.controls();
  });
}());
