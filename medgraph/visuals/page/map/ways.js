'use strict';
// The legal way of a facility, up and down, as `referrals path` answers; or what breaks it.
(function () {
  var map = window.medgraphMap, data = map.data, word = map.word, element = map.element;
  var asked = 'lead', shown = [];
  var ways = map.ways = data.ways && read(data.ways);

  function read(packed) {
    var links = map.rows(packed.links), chains = map.rows(packed.chains), found = { links: links, questions: new Map(), leftOut: packed.leftOut };
    function chainOf(number, isDown) {
      var chain = [];
      for (; number >= 0; number = chains[number].rest) chain.push(links[chains[number].link]);
      return isDown ? chain.reverse() : chain;
    }
    packed.questions.forEach(function (question) {
      var key = question.specialty ? 'specialty ' + question.specialty : question.level ? 'level ' + question.level : 'lead';
      if (!found.questions.has(key)) found.questions.set(key, {});
      var ofEach = new Map();
      map.rows(question.ways).forEach(function (way) { ofEach.set(way.facility, way); });
      found.questions.get(key)[question.direction] = function (number) {
        var way = ofEach.get(number);
        if (!way) return null;
        var chain = chainOf(way.chain, question.direction === 'down');
        var total = chain.reduce(function (sum, link) { return sum + (link.minutes === null || link.minutes === undefined ? NaN : link.minutes); }, 0);
        return { way: way, chain: chain, minutes: total, broken: way.broken === null || way.broken === undefined ? null : links[way.broken] };
      };
    });
    return found;
  }
  // The way of a facility by its id, for whom reads the page by a script: what the record says.
  map.wayOf = function (id, question, direction) {
    return ways.questions.get(question)[direction](map.byId.get(id).number);
  };
  function titleOf(key) {
    var words = data.words[map.lang], parts = key.split(' ');
    if (key === 'lead') return word('way_lead');
    return map.filled('way_' + parts[0], { name: (parts[0] === 'level' ? words.levels : words.specialties)[parts[1]] || parts[1] });
  }
  function tell(found, direction, body) {
    var words = data.words[map.lang], way = found.way, head = element('h3', word('way_' + direction), body);
    head.style.color = colourOf(direction);
    var list = element('ol', null, body);
    found.chain.forEach(function (link) { stepOf(link, list, way.kind === 'level_skip' && link.from === way.at ? way : null); });
    if (way.kind === 'reached' && way.account === 'judged') {
      var steps = found.chain.length, to = map.nodes[direction === 'up' ? way.target : way.facility].name;
      var said = isNaN(found.minutes) ? map.filled('way_steps', { name: to, steps: steps }) : map.filled('way_total', { name: to, steps: steps, minutes: found.minutes });
      element('p', said + (way.way ? ' · ' + words.ways[way.way] : ''), body).className = 'total';
      return;
    }
    if (way.kind !== 'reached' && way.kind !== 'level_skip') {
      var item = element('li', null, list);
      item.className = 'fault';
      if (found.broken) stepWords(found.broken, item); else if (typeof way.at === 'number') map.nodeButton(way.at, item);
      element('span', ' ' + map.filled('said_of', { subject: word('way_missing'), words: words.kinds[way.kind] || way.kind }), item);
    }
    if (way.account !== 'judged') element('p', map.filled('said_of', { subject: words.accounts[way.account], words: map.told(way.why) }), body).className = 'unsure';
    else if (way.reason) element('p', map.told(way.reason), body).className = 'fault';
  }
  function stepWords(link, item) {
    if (link.from >= 0) map.nodeButton(link.from, item);
    element('span', ' → ', item);
    if (link.to >= 0) map.nodeButton(link.to, item);
    var unknown = link.minutes === null || link.minutes === undefined;
    element('span', ' · ' + (data.words[map.lang].relations[link.relation] || link.relation) + ' · ' + (unknown ? word('way_unknown_minutes') : map.filled('way_minutes', { minutes: link.minutes })), item);
  }
  function stepOf(link, list, skipping) {
    var item = element('li', null, list);
    stepWords(link, item);
    if (skipping) { item.className = 'fault'; element('span', ' ' + data.words[map.lang].kinds.level_skip, item); }
  }
  map.sections.push(function (node, body) {
    shown = [];
    if (!ways || node.kind !== 'Facility') return;
    if (!ways.questions.has(asked)) asked = 'lead';
    var both = ['up', 'down'].map(function (direction) { return [direction, ways.questions.get(asked)[direction](node.number)]; });
    if (!both[0][1] && !both[1][1]) return;
    var part = element('section', null, body);
    part.id = 'ways';
    element('h2', word('ways'), part);
    var row = element('label', word('way_to') + ' ', part), select = element('select', null, row);
    select.id = 'way-to';
    map.options(select, Array.from(ways.questions.keys()).map(function (key) { return [key, titleOf(key)]; }), asked);
    select.addEventListener('change', function () { asked = this.value; map.show(node.number); map.light(); document.getElementById('way-to').focus(); });
    if (ways.leftOut) element('p', map.filled('ways_left_out', { count: ways.leftOut }), part);
    both.forEach(function (pair) {
      if (!pair[1]) return;
      tell(pair[1], pair[0], part);
      pair[1].chain.forEach(function (link) { shown.push([link, pair[0]]); });
      if (pair[1].broken) shown.push([pair[1].broken, 'broken']);
      if (typeof pair[1].way.at === 'number' && pair[1].way.kind !== 'reached') shown.push([{ from: pair[1].way.at, to: -1 }, 'broken']);
    });
    map.button(word('show_way'), part, function () { map.light(true); });
    map.light();
  });
  // Light the way that the record tells, and frame it where that is asked for.
  map.light = function (isFramed) {
    var numbers = [];
    shown.forEach(function (pair) { [pair[0].from, pair[0].to].forEach(function (number) { if (number >= 0) numbers.push(number); }); });
    map.lit = new Set(numbers);
    if (isFramed && numbers.length) map.frame(numbers);
    map.redraw();
  };
  function colourOf(direction) { return { up: map.colours['way-up'], down: map.colours['way-down'], broken: map.colours.problem }[direction]; }
  function ends(link) {
    var from = map.place(link.from), to = map.place(link.to);
    return from === to ? null : [from, to];
  }
  map.overlays.push(function (pen, view) {
    var names = [];
    shown.forEach(function (pair) {
      var link = pair[0], direction = pair[1];
      if (link.from < 0) return;
      if (link.to < 0) { ring(pen, view, map.place(link.from)); return; }
      var both = ends(link);
      if (!both) return;
      var side = 4, line = [screen(both[0], view), screen(both[1], view)];
      var far = Math.hypot(line[1][0] - line[0][0], line[1][1] - line[0][1]) || 1;
      var off = [(line[1][1] - line[0][1]) / far * side, (line[0][0] - line[1][0]) / far * side];
      arrow(pen, line[0][0] + off[0], line[0][1] + off[1], line[1][0] + off[0], line[1][1] + off[1], colourOf(direction), direction === 'broken');
      if (link.minutes !== null && link.minutes !== undefined) {
        names.push({ x: (both[0].x + both[1].x) / 2 + off[0] * 2 / view.scale, y: (both[0].y + both[1].y) / 2 + off[1] * 2 / view.scale, size: 0, text: map.filled('way_minutes', { minutes: link.minutes }), inBox: false,
          letters: 40, ground: map.colours.paper, edge: colourOf(direction), ink: map.colours.ink, name: String(link.minutes) });
      }
    });
    return names;
  });
  function screen(at, view) { return [(at.x - view.x) * view.scale + view.wide / 2, (at.y - view.y) * view.scale + view.high / 2]; }
  function ring(pen, view, at) {
    var middle = screen(at, view);
    pen.beginPath();
    pen.arc(middle[0], middle[1], 16, 0, 2 * Math.PI);
    pen.strokeStyle = map.colours.problem;
    pen.lineWidth = 3;
    pen.stroke();
  }
  function arrow(pen, x1, y1, x2, y2, colour, isDashed) {
    var angle = Math.atan2(y2 - y1, x2 - x1), far = Math.hypot(x2 - x1, y2 - y1), cut = Math.min(12, far / 4);
    x2 -= cut * Math.cos(angle);
    y2 -= cut * Math.sin(angle);
    pen.strokeStyle = pen.fillStyle = colour;
    pen.lineWidth = 3.5;
    pen.setLineDash(isDashed ? [7, 5] : []);
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
    pen.stroke();
    pen.setLineDash([]);
    pen.beginPath();
    pen.moveTo(x2 + 9 * Math.cos(angle), y2 + 9 * Math.sin(angle));
    pen.lineTo(x2 + 7 * Math.cos(angle + 2.2), y2 + 7 * Math.sin(angle + 2.2));
    pen.lineTo(x2 + 7 * Math.cos(angle - 2.2), y2 + 7 * Math.sin(angle - 2.2));
    pen.fill();
  }
  // In the drawing that is taken away the way stands, too.
  map.litLines = function () {
    return shown.filter(function (pair) { return pair[0].from >= 0 && pair[0].to >= 0 && ends(pair[0]); }).map(function (pair) {
      return { ends: ends(pair[0]), colour: colourOf(pair[1]), minutes: pair[0].minutes };
    });
  };
}());
