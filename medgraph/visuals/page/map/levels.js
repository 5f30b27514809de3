'use strict';
// Levels: province, city, county, group, members. A closed level is one node for all that it holds.
(function () {
  var map = window.medgraphMap, levels = map.levels;
  // so many pixels wide a level is on the screen before it opens
  var OPENS_AT = { province: 320, city: 320, county: 300, group: 420, beside: 420 };
  var ORDER = { province: 0, city: 1, county: 2, group: 3, beside: 3 };
  var NEAR = 0.8;  // from this scale on whatever is seen is open, however small
  var FEW = 400;  // so many nodes are drawn one by one, whatever the scale
  var isOpen = levels.map(function () { return true; });
  var stands = [];  // for each level the number of the closed level that stands for it, else -1
  map.detail = 'auto';

  levels.forEach(function (level) {
    level.path = level.parent < 0 ? [] : levels[level.parent].path.concat([level.parent]);
    if (level.kind === 'group') {
      var group = map.byId.get(level.id);
      level.group = group ? group.number : -1;
    }
  });
  map.pathOf = function (node) {
    return node.inside < 0 ? [] : levels[node.inside].path.concat([node.inside]);
  };

  function opens(level, view) {
    if (map.detail === 'all') return true;
    if (map.detail !== 'auto') return ORDER[level.kind] < ORDER[map.detail];
    if (view.scale >= NEAR) return isSeen(level, view);
    var wide = 2 * Math.min(level.wide, level.high) * view.scale;
    if (wide < OPENS_AT[level.kind]) return false;
    return isSeen(level, view);
  }
  function isSeen(level, view) {
    return Math.abs(level.x - view.x) < level.wide + view.wide / 2 / view.scale &&
      Math.abs(level.y - view.y) < level.high + view.high / 2 / view.scale;
  }
  // Say what is open in a view; true where that changed.
  map.openLevels = function (view, visibleCount) {
    var changed = false, few = map.detail === 'auto' && visibleCount <= FEW;
    levels.forEach(function (level, number) {
      var held = level.parent < 0 || isOpen[level.parent];
      var now = held && (few || opens(level, view));
      if (now !== isOpen[number]) changed = true;
      isOpen[number] = now;
      var above = level.parent < 0 ? -1 : stands[level.parent];
      stands[number] = above >= 0 || now ? above : number;
    });
    return changed;
  };
  // The number of the closed level that a node is in, -1 where it is drawn itself.
  map.standsFor = function (node) { return node.inside < 0 ? -1 : stands[node.inside]; };
  map.isOpen = function (number) { return isOpen[number]; };

  // What each level holds of what passes the filters: nodes, facilities, what is wrong.
  map.count = function (visible) {
    levels.forEach(function (level) { level.count = level.facilities = level.problems = 0; level.worst = 9; });
    map.nodes.forEach(function (node) {
      if (!visible[node.number]) return;
      for (var number = node.inside; number >= 0; number = levels[number].parent) {
        levels[number].count += 1;
        if (node.kind === 'Facility') levels[number].facilities += 1;
        if (node.problem) levels[number].problems += 1;
        levels[number].worst = Math.min(levels[number].worst, worstOf(node));
      }
    });
  };
  var SEVERITIES = ['severe', 'major', 'minor'], severities = null;
  function worstOf(node) {
    if (!severities) {
      severities = new Map();
      (map.findings || []).forEach(function (finding) {
        finding.subjects.forEach(function (number) { severities.set(number, Math.min(SEVERITIES.indexOf(finding.severity), severities.has(number) ? severities.get(number) : 9)); });
      });
    }
    return severities.has(node.number) ? severities.get(node.number) : 9;
  }
  map.levelName = function (level) { return level.kind === 'beside' ? map.word('beside') : map.numbered(level.id, level.name); };
  // What is said of a level behind its name: in full, in short, not at all.
  map.levelTails = function (level) {
    if (!level.problems) return [' ' + level.count, ''];
    var worst = SEVERITIES[level.worst] ? ' ' + map.data.words[map.lang].severities[SEVERITIES[level.worst]] : '', wrong = ' ⚠' + level.problems;
    return [' ' + level.count + wrong + worst, wrong, ''];
  };
  map.levelWords = function (level) { return map.levelName(level) + map.levelTails(level)[0]; };
}());
