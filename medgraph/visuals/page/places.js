/* The map by coordinates of the board: areas and facilities where they lie, chosen and dragged as
   tiles are. All text from the data goes in as text. Runs in Chromium 86. */
(function () {
  "use strict";
  var MOST = 5000; // spots that are drawn at once
  var ROOM = 15;   // of a letter

  // `tools` are those of the board; what is returned draws, and remembers how near it looks.
  window.medgraphPlaces = function (tools) {
    var data = tools.data, words = data.words, drawn = tools.drawn;
    var zoom = 1, middle = null, spots = [];

    function onPaper(where, point) {
      return {
        x: where.wide / 2 + (point[0] - middle.x) * zoom,
        y: where.high / 2 + (point[1] - middle.y) * zoom
      };
    }

    function all(picture, where) {
      var areas = picture.tiles.map(function (tile) { return { of: tile, isArea: true, isBad: tile.state === "gap" }; });
      var others = picture.facilities.map(function (one) { return { of: one, isArea: false, isBad: false }; });
      return areas.concat(others).filter(function (spot) { return where.points[spot.of.id]; });
    }

    // What is bad or leads comes last, on top of the others.
    function rank(spot) { return (spot.isBad ? 4 : 0) + (!spot.isArea && spot.of.leads ? 2 : 0); }

    function draw(picture, where, isChosen) {
      if (!middle) middle = { x: where.wide / 2, y: where.high / 2 };
      var found = all(picture, where);
      spots = [];
      found.forEach(function (spot) {
        var at = onPaper(where, where.points[spot.of.id]);
        if (at.x < 0 || at.y < 0 || at.x > where.wide || at.y > where.high) return;
        spots.push(Object.assign(spot, { id: spot.of.id, x: at.x, y: at.y, groups: spot.of.groups }));
      });
      spots.sort(function (a, b) { return rank(a) - rank(b); });
      spots = spots.slice(-MOST);
      var groups = {};
      picture.groups.forEach(function (group) { groups[group.id] = group; });
      var svg = drawn("svg", { viewBox: "0 0 " + where.wide + " " + where.high, role: "grid", "aria-label": words.places });
      where.outlines.forEach(function (line) {
        var path = line.map(function (point) { var at = onPaper(where, point); return at.x.toFixed(1) + " " + at.y.toFixed(1); });
        svg.appendChild(drawn("path", { class: "outline", d: "M" + path.join("L") }));
      });
      spots.forEach(function (spot) { svg.appendChild(drawSpot(spot, groups, isChosen(spot.id))); });
      drawNames(svg, where);
      drawScale(svg, where);
      return { svg: svg, shown: spots.length, all: picture.tiles.length + picture.facilities.length };
    }

    function drawSpot(spot, groups, isChosen) {
      var own = spot.groups.map(function (id) { return groups[id]; }).filter(Boolean);
      var first = own[0], leads = !spot.isArea && spot.of.leads, isMoved = tools.isMoved(spot.id, spot.groups);
      var colour = spot.isBad ? null : first ? first.colour : data.colours.faint;
      var shape = spot.isArea ? data.marks.square : leads ? data.star : data.marks[first ? first.mark : "circle"];
      var label = [spot.of.name, words["state_" + spot.of.state] || spot.of.type || "", own.map(function (group) { return group.name; }).join(words.comma) || words.no_group, isMoved ? words.moved : "", tools.isLocked(spot.id) ? words.locked : ""].filter(Boolean).join(words.comma);
      var size = leads || spot.isBad ? 10 : 6;
      return drawn("g", {
        class: "tile spot" + (spot.isBad ? " gap" : "") + (isMoved ? " moved" : "") + (isChosen ? " chosen" : ""),
        transform: "translate(" + spot.x.toFixed(1) + " " + spot.y.toFixed(1) + ")",
        "data-id": spot.id, role: "gridcell", "aria-label": label, "aria-selected": String(isChosen), tabindex: -1
      }, [
        drawn("title", {}, label),
        drawn("circle", { class: "reach", r: 12 }),
        drawn("path", { class: "frame", d: shape, transform: "scale(" + size + ")", fill: spot.isArea ? data.colours.paper : colour, stroke: colour, "stroke-width": spot.isArea ? 2 : 1 }),
        isMoved ? drawn("text", { class: "arrow", x: 0, y: -9 }, "→") : ""
      ].filter(Boolean));
    }

    // The names of what is bad, then of leads, then of areas, as far as they lie on no other.
    function drawNames(svg, where) {
      var taken = [];
      spots.slice().reverse().filter(function (spot) { return spot.isArea || spot.of.leads; }).forEach(function (spot) {
        var text = spot.of.short || spot.of.name;
        var wide = text.length * ROOM, left = spot.x + 13 + wide < where.wide ? spot.x + 13 : spot.x - 13 - wide;
        var box = [left, spot.y - ROOM, left + wide, spot.y + ROOM / 2];
        var isFree = left > 0 && taken.every(function (other) { return box[2] < other[0] || other[2] < box[0] || box[3] < other[1] || other[3] < box[1]; });
        if (!isFree) return;
        taken.push(box);
        svg.appendChild(drawn("text", { class: "place-name" + (spot.isBad ? " bad" : ""), x: left, y: spot.y + 5 }, text));
      });
    }

    function drawScale(svg, where) {
      if (!where.scale.km) return;
      var wide = where.scale.wide, bottom = where.high - 14;
      svg.appendChild(drawn("path", { class: "scale", d: "M14 " + (bottom - 6) + "V" + bottom + "h" + wide + "v-6" }));
      svg.appendChild(drawn("text", { class: "place-name", x: 14, y: bottom - 10 }, Number((where.scale.km / zoom).toPrecision(3)) + " km"));
      svg.appendChild(drawn("text", { class: "place-name", x: where.wide - 30, y: 24 }, "▲ " + words.north));
    }

    return {
      draw: draw,
      spots: function () { return spots; },
      // Look nearer or farther, at a spot where one is named; 0 shows all.
      look: function (times, where, id) {
        zoom = times ? Math.max(1, Math.min(64, zoom * times)) : 1;
        var point = where.points[id];
        if (zoom === 1) middle = null;
        else if (point) middle = { x: point[0], y: point[1] };
      }
    };
  };
})();
