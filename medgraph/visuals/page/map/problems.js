'use strict';
// The list of what is wrong, as the report has it; Enter opens a finding and frames its nodes.
(function () {
  var map = window.medgraphMap, data = map.data, element = map.element, word = map.word;
  var NAMED = 3;
  var findings = data.findings ? map.rows(data.findings) : null;
  var chosen = { severity: '', query: '', group: '', county: '', pack: '' }, opened = null;
  map.findings = findings;

  // What a finding is narrowed by: its own words, and the groups and counties of its nodes.
  function valuesOf(finding, by) {
    if (by !== 'group' && by !== 'county') return finding[by] ? [finding[by]] : [];
    return Array.from(new Set(finding.subjects.map(function (number) { return map.nodes[number][by]; }).filter(Boolean)));
  }
  function called(by, value) {
    var words = data.words[map.lang];
    if (by === 'severity') return words.severities[value];
    if (by === 'query') return words.queries[value];
    if (by === 'county') return data.counties[value] || value;
    if (by === 'group') return map.byId.has(value) ? map.byId.get(value).name : value;
    return value;
  }
  function narrowed() {
    return findings.filter(function (finding) {
      return Object.keys(chosen).every(function (by) { return !chosen[by] || valuesOf(finding, by).indexOf(chosen[by]) >= 0; });
    });
  }
  function selects() {
    var row = map.$('narrow');
    map.empty(row);
    Object.keys(chosen).forEach(function (by) {
      var values = Array.from(new Set([].concat.apply([], findings.map(function (finding) { return valuesOf(finding, by); }))));
      if (values.length < 2) return;
      var label = element('label', word('filter_' + by) + ' ', row), select = element('select', null, label);
      select.id = 'narrow-' + by;
      map.options(select, [['', word('filter_all')]].concat(values.map(function (value) { return [value, called(by, value)]; })), chosen[by]);
      select.addEventListener('change', function () { chosen[by] = this.value; list(); });
    });
  }
  function open(finding) {
    opened = finding;
    var hidden = finding.subjects.filter(function (number) { return !map.passes(map.nodes[number]); });
    hidden.forEach(function (number) {
      var node = map.nodes[number];
      if (map.layers[node.layer] === false) map.layers[node.layer] = true;
      delete map.hiddenGroups[node.owner || ''];
    });
    if (finding.subjects.some(function (number) { return !map.passes(map.nodes[number]); })) map.clearFilters();
    map.lit = new Set(finding.subjects);
    map.controls();
    map.apply();
    if (finding.subjects.length) {
      map.choose(finding.subjects[0]);
      map.select(finding.subjects);
      map.lit = new Set(finding.subjects);
      map.frame(finding.subjects, true);
      var single = finding.subjects.filter(function (number) { return map.standsFor(map.nodes[number]) < 0; });
      map.network.selectNodes(single.map(function (number) { return map.nodes[number].id; }));
    }
  }
  function list() {
    var rows = narrowed(), body = map.$('problems').querySelector('tbody');
    map.$('problems').querySelector('h2').textContent = word('problems') + ' (' + rows.length + (rows.length < findings.length ? '/' + findings.length : '') + ')';
    map.empty(body);
    if (!rows.length) element('td', word('none'), element('tr', null, body));
    rows.forEach(function (finding) {
      var row = element('tr', null, body), place = element('td', finding.mark + ' ', row);
      map.button(map.told(finding.place), place, function () { open(finding); });
      var fault = element('td', map.told(finding.fault), row);
      fault.className = finding.severity;
      fault.title = [data.words[map.lang].severities[finding.severity], finding.clause, finding.evidence].filter(Boolean).map(map.told).join(' · ');
    });
  }
  map.sections.push(function (node, body) {
    if (!findings || !body) return;
    findings.filter(function (finding) { return finding.subjects.indexOf(node.number) >= 0; }).forEach(function (finding) {
      var part = element('p', finding.mark + ' ' + map.told(finding.fault), body);
      part.className = 'fault';
      var more = [finding.clause, finding.evidence].filter(Boolean).map(map.told).join(' · ');
      if (more) element('p', more, body);
      if (finding.action) element('p', map.filled('said_of', { subject: word('action'), words: map.told(finding.action) }), body);
    });
  });
  // Without findings: what is wrong with each node, in the order given.
  function problems() {
    var rows = map.nodes.filter(function (node) { return node.problem; });
    rows.sort(function (one, other) { return (one.standing || 0) - (other.standing || 0); });
    map.$('problems').querySelector('h2').textContent = word('problems') + ' (' + rows.length + ')';
    var body = map.$('problems').querySelector('tbody');
    map.empty(body);
    if (!rows.length) element('td', word('none'), element('tr', null, body));
    rows.forEach(function (node) {
      var row = element('tr', null, body);
      map.nodeButton(node.number, element('td', null, row));
      element('td', map.told(node.problem), row);
    });
  }
  map.sayings.push(function () {
    if (!findings) { problems(); return; }
    selects();
    list();
  });
}());
