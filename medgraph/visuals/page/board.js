/* The board: draws what the server says of a plan, and asks it for changes. All text from the data
   goes in as text. Runs in Chromium 86. */
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg";
  var WIDE = 104, HIGH = 78, GAP = 6;
  var data = JSON.parse(document.getElementById("data").textContent);
  var words = data.words;
  var state = null, picture = null, base = null, effects = null;
  var chosen = new Set();
  var searched = { choice: null, ids: [] }; // what a search found, and what it chose
  var focused = null;
  var plan = localStorage.getItem("medgraph-plan") || "";
  var watchers = [];
  var asking = new AbortController();
  var where = null, isByPlaces = false;
  var me = nameOfBrowser(), whereAt = "", toldWhere = "";

  // -- small tools ---------------------------------------------------------------------------

  var page = window.medgraphPage, by = page.by, element = page.element, filled = page.filled, replace = page.replace, worded = page.worded(words);

  function drawn(name, attributes, children) {
    return filled(document.createElementNS(SVG, name), attributes, children);
  }

  function tell(text, isBad) {
    var said = by("said");
    said.textContent = text;
    said.className = isBad ? "bad" : "";
  }

  // -- the server ----------------------------------------------------------------------------

  function get(path, values) {
    var query = new URLSearchParams(Object.assign({ lang: data.lang }, values || {}));
    return fetch(path + "?" + query, { credentials: "same-origin", signal: asking.signal }).then(read);
  }

  function read(answer) {
    return answer.json().then(function (found) {
      if (answer.ok) return found;
      var problem = new Error(found.error);
      problem.since = found.since || [];
      throw problem;
    });
  }

  function act(values) {
    if (!data.may_edit) { tell(words.looking_only, true); return Promise.resolve(); }
    return post("/do", values).then(function (found) { tell(""); return shown(found); }).catch(failed);
  }

  function failed(problem) {
    tell([problem.message].concat(problem.since || []).join(" "), true);
    return look().catch(function () { /* it was told */ });
  }

  function post(path, values) {
    document.body.classList.add("busy");
    var settled = function () { document.body.classList.remove("busy"); };
    return fetch(path + "?lang=" + data.lang, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-Medgraph-Page": data.token },
      body: JSON.stringify(Object.assign({ who: by("who").value }, values))
    }).then(read).then(function (found) { settled(); return found; }, function (problem) { settled(); throw problem; });
  }

  function onPlan(values) {
    if (!state.plan) { tell(words.begin_first, true); return Promise.resolve(); }
    return act(Object.assign({ plan: plan, after: state.plan.last }, values));
  }

  function look() {
    var known = plan;
    return get("/state", known ? { plan: known } : {}).then(shown, function (problem) {
      if (!known) throw problem;
      plan = "";
      return look();
    });
  }

  function shown(found) {
    if (state && (state.source !== found.source || state.base !== found.base)) { location.reload(); return Promise.resolve(); }
    state = found;
    if (found.plan) plan = found.plan.id;
    else if (found.plans.length) { plan = found.plans[0].id; return look(); }
    if (plan) localStorage.setItem("medgraph-plan", plan);
    if (!by("who").value) by("who").value = found.who;
    showFaults(); showBar();
    watchers.forEach(function (watch) { watch(state); });
    tellWhere();
    var asked = plan ? { plan: plan } : {};
    return Promise.all([
      get("/picture", asked),
      plan ? get("/effects", asked) : Promise.resolve(null),
      base ? Promise.resolve(base) : get("/picture")
    ]).then(function (parts) {
      picture = parts[0]; effects = parts[1]; base = parts[2];
      showHead(); showMap(); showGroups(); showChosen(); showEffects(); showSteps();
      if (!beginWithTab()) showFindings();
    }).catch(function (problem) { tell(problem.message, true); });
  }

  // -- head and bar --------------------------------------------------------------------------

  function showHead() {
    by("title").textContent = picture.title || state.source;
    document.title = (picture.title || state.source) + " · medgraph";
    replace(by("stamps"), picture.stamps.map(function (stamp) { return element("b", {}, stamp); })
      .concat([worded("as_of", { day: picture.day }) + (picture.register ? " · " + picture.register : "")]));
  }

  function showFaults() {
    if (by("faults").childNodes.length === state.faults.length) return;
    replace(by("faults"), state.faults.map(function (fault) { return element("p", {}, fault); }));
  }

  function showBar() {
    replace(by("plan"), state.plans.map(function (one) {
      return element("option", { value: one.id, selected: one.id === plan }, one.name + " (" + one.turns + ")");
    }));
    by("plan").disabled = !state.plans.length;
    by("undo").disabled = !(state.plan && state.plan.can_undo);
    by("redo").disabled = !(state.plan && state.plan.can_redo);
    by("like").disabled = by("rename").disabled = !state.plan;
    var isOlder = Boolean(state.plan && !state.plan.is_of_this_base);
    by("carry").hidden = !isOlder;
    if (isOlder) tell(worded("older_base", { count: state.plan.conflicts.length }), true);
    else if (state.plan && state.plan.proposed.length) tell(worded("proposals_wait", { count: state.plan.proposed.length }));
    by("beside").disabled = !state.plans.length;
    showNewer(state.is_outdated);
    by("leave").hidden = data.is_shared;
    by("export").hidden = by("present").hidden = !state.plan;
    by("present").href = "/present?plan=" + encodeURIComponent(plan) + "&lang=" + data.lang;
    replace(by("exports"), data.exports.map(function (one) {
      var address = "/export/" + one.kind + "?plan=" + encodeURIComponent(plan) + "&lang=" + data.lang;
      return element("li", {}, element("a", { href: address, download: true }, one.label));
    }).concat(data.has_store ? [element("li", { class: "edits" }, element("button", { type: "button", id: "store", onclick: askStore }, words.store))] : []));
  }

  // -- the map -------------------------------------------------------------------------------

  function groupOf(id) { return picture.groups.find(function (group) { return group.id === id; }); }

  function place(tile) { return { x: tile.x * (WIDE + GAP) + GAP, y: tile.y * (HIGH + GAP) + 24 }; }

  // The groups of areas and facilities before the plan, by their ids.
  var before = null;
  function isMoved(id, groups) {
    if (!before) {
      before = {};
      base.tiles.concat(base.facilities).forEach(function (one) { before[one.id] = one.groups.join("|"); });
    }
    return groups.join("|") !== (before[id] || "");
  }

  function isLocked(id) { return Boolean(state.plan && state.plan.locked.indexOf(id) >= 0); }

  // The tile of each county above which its name stands: the first one with nothing above it.
  function countyLabels(tiles) {
    var taken = new Set(tiles.map(function (tile) { return tile.x + " " + tile.y; }));
    var isFree = function (tile) { return !taken.has(tile.x + " " + (tile.y - 1)); };
    var first = {};
    tiles.slice().sort(function (a, b) { return isFree(b) - isFree(a) || a.y - b.y || a.x - b.x; }).forEach(function (tile) {
      if (!first[tile.county]) first[tile.county] = tile;
    });
    return Object.keys(first).map(function (county) { return first[county]; });
  }

  function drawMap(of, isLive) {
    var right = Math.max.apply(null, of.tiles.map(function (tile) { return place(tile).x; }).concat([0])) + WIDE + GAP;
    var below = Math.max.apply(null, of.tiles.map(function (tile) { return place(tile).y; }).concat([0])) + HIGH + GAP;
    var svg = drawn("svg", { viewBox: "0 0 " + right + " " + below, role: isLive ? "grid" : "img", "aria-label": words.map });
    countyLabels(of.tiles).forEach(function (tile) {
      var at = place(tile);
      svg.appendChild(drawn("text", { class: "county", x: at.x, y: at.y - 6 }, of.counties[tile.county] || ""));
    });
    of.tiles.slice().sort(function (a, b) { return a.y - b.y || a.x - b.x; }).forEach(function (tile) {
      svg.appendChild(drawTile(of, tile, isLive));
    });
    return svg;
  }

  function drawTile(of, tile, isLive) {
    var at = place(tile);
    var groups = tile.groups.map(function (id) { return of.groups.find(function (group) { return group.id === id; }); }).filter(Boolean);
    var first = groups[0];
    var hasMoved = isMoved(tile.id, tile.groups), isKept = isLocked(tile.id);
    var label = [tile.name, words["state_" + tile.state] || "", groups.map(function (group) { return group.name; }).join(words.comma), hasMoved ? words.moved : "", isKept ? words.locked : ""].filter(Boolean).join(words.comma);
    var made = drawn("g", {
      class: "tile " + tile.state + (hasMoved ? " moved" : "") + (chosen.has(tile.id) && isLive ? " chosen" : ""),
      transform: "translate(" + at.x + " " + at.y + ")",
      "data-id": tile.id, role: isLive ? "gridcell" : null, "aria-label": label,
      "aria-selected": isLive ? String(chosen.has(tile.id)) : null,
      tabindex: isLive ? (tile.id === focused ? 0 : -1) : null
    }, [
      drawn("title", {}, label),
      drawn("rect", { class: "frame", width: WIDE, height: HIGH, rx: 4, fill: first && tile.state !== "gap" ? first.tint : data.colours.paper, stroke: first ? first.colour : data.colours.faint, "stroke-width": 2 }),
      drawn("text", { class: "name", x: WIDE / 2, y: 30, "font-size": sized(tile.short) }, cut(tile.short, 6))
    ]);
    groups.slice(0, 4).forEach(function (group, number) {
      var left = WIDE / 2 + (number - (Math.min(groups.length, 4) - 1) / 2) * 24;
      made.appendChild(drawn("path", { d: data.marks[group.mark], transform: "translate(" + left + " 48) scale(9)", fill: group.colour, stroke: data.colours.ink, "stroke-width": 0.12 }));
    });
    if (!groups.length || tile.state !== "served") made.appendChild(drawn("text", { class: "more", x: WIDE / 2, y: 71 }, words["state_" + tile.state] || ""));
    else if (tile.villages[0] + tile.villages[1] + tile.villages[2]) made.appendChild(drawn("text", { class: "more", x: WIDE / 2, y: 73 }, tile.villages[0] + "/" + (tile.villages[0] + tile.villages[1] + tile.villages[2])));
    if (hasMoved || isKept) {
      made.appendChild(drawn("circle", { class: "badge", cx: WIDE - 10, cy: 10, r: 9 }));
      made.appendChild(drawn("text", { class: "badge-sign", x: WIDE - 10, y: 15 }, hasMoved ? "→" : "■"));
    }
    return made;
  }

  function sized(text) { return [25, 25, 25, 25, 22, 18][text.length] || 15; }

  function cut(text, most) { return text.length > most ? text.slice(0, most - 1) + "…" : text; }

  var byPlaces = window.medgraphPlaces({ data: data, drawn: drawn, isMoved: isMoved, isLocked: isLocked });

  // What can be walked to on the map: tiles, or spots, each with its place.
  function spots() { return isByPlaces ? byPlaces.spots() : picture.tiles; }

  function showMap() {
    var hadFocus = document.activeElement && document.activeElement.classList.contains("tile");
    if (isByPlaces) {
      var found = byPlaces.draw(picture, where, function (id) { return chosen.has(id); });
      replace(by("map"), found.svg);
      by("places-shown").textContent = worded("places_shown", { shown: found.shown, total: found.all });
    } else {
      replace(by("map"), drawMap(picture, true));
    }
    var there = spots();
    if (there.length && !there.some(function (one) { return one.id === focused; })) focused = there[0].id;
    if (hadFocus) focusTile(focused);
    else if (focused && tileAt(focused)) tileAt(focused).setAttribute("tabindex", 0);
  }

  // Between tiles and places; where things lie is asked for when it is first looked at.
  function showByPlaces(isOn) {
    var asked = where ? Promise.resolve(where) : get("/places");
    asked.then(function (found) {
      where = found;
      isByPlaces = isOn;
      by("map").classList.toggle("places", isOn);
      by("by-places").setAttribute("aria-pressed", String(isOn));
      by("nearer").hidden = by("farther").hidden = by("places-shown").hidden = !isOn;
      showMap();
    }).catch(function (problem) { tell(problem.message, true); });
  }

  function lookNearer(times) { byPlaces.look(times, where, focused); showMap(); }

  by("map-bar").hidden = !data.has_places;
  by("by-places").addEventListener("click", function () { showByPlaces(!isByPlaces); });
  by("nearer").addEventListener("click", function () { lookNearer(2); });
  by("farther").addEventListener("click", function () { lookNearer(0.5); });

  function tileAt(id) { return by("map").querySelector('[data-id="' + CSS.escape(id) + '"]'); }

  function focusTile(id) {
    var old = by("map").querySelector('[tabindex="0"]');
    if (old) old.setAttribute("tabindex", -1);
    focused = id;
    var made = tileAt(id);
    if (made) { made.setAttribute("tabindex", 0); made.focus(); }
  }

  function nextTile(id, dx, dy) {
    var here = spots().find(function (tile) { return tile.id === id; });
    var best = null, least = Infinity;
    spots().forEach(function (tile) {
      var x = tile.x - here.x, y = tile.y - here.y;
      var ahead = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (ahead > 0 && ahead + 3 * aside < least) { least = ahead + 3 * aside; best = tile.id; }
    });
    return best || id;
  }

  function choose(id, isMore) {
    chosenGroup = "";
    if (isMore) { if (chosen.has(id)) chosen.delete(id); else chosen.add(id); }
    else { chosen = new Set([id]); }
    by("map").querySelectorAll(".tile").forEach(function (made) {
      var isChosen = chosen.has(made.getAttribute("data-id"));
      made.classList.toggle("chosen", isChosen);
      made.setAttribute("aria-selected", String(isChosen));
    });
    showChosen();
  }

  by("map").addEventListener("keydown", function (event) {
    var tile = event.target.closest(".tile");
    if (!tile) return;
    var id = tile.getAttribute("data-id");
    var ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (ways[event.key]) { event.preventDefault(); focusTile(nextTile(id, ways[event.key][0], ways[event.key][1])); }
    else if (event.key === " ") { event.preventDefault(); choose(id, true); }
    else if (event.key === "Enter") { event.preventDefault(); if (!chosen.has(id)) choose(id, false); askMove(); }
    else if (event.key === "Escape") { chosen = new Set(); chosenGroup = ""; showMap(); showChosen(); focusTile(id); }
  });

  // Drag by pointer: mouse, pen and finger alike. A press without a move is a choice.
  var drag = null;
  by("map").addEventListener("pointerdown", function (event) {
    var tile = event.target.closest(".tile");
    if (!tile || event.button) return;
    drag = { id: tile.getAttribute("data-id"), x: event.clientX, y: event.clientY, isMore: event.shiftKey || event.ctrlKey || event.metaKey, ghost: null };
    if (event.pointerType !== "touch") event.preventDefault();
    focusTile(drag.id);
  });
  document.addEventListener("pointermove", function (event) {
    if (!drag || (!drag.ghost && Math.abs(event.clientX - drag.x) + Math.abs(event.clientY - drag.y) < 8)) return;
    if (!drag.ghost) {
      if (!chosen.has(drag.id)) choose(drag.id, drag.isMore);
      drag.ghost = tileAt(drag.id).cloneNode(true);
      drag.ghost.classList.add("dragged");
      by("map").firstChild.appendChild(drag.ghost);
    }
    event.preventDefault();
    var svg = by("map").firstChild, point = svg.createSVGPoint();
    point.x = event.clientX; point.y = event.clientY;
    var at = point.matrixTransform(svg.getScreenCTM().inverse());
    var corner = isByPlaces ? at : { x: at.x - WIDE / 2, y: at.y - HIGH / 2 };
    drag.ghost.setAttribute("transform", "translate(" + corner.x + " " + corner.y + ")");
    over(groupUnder(event));
  }, { passive: false });
  document.addEventListener("pointerup", function (event) {
    if (!drag) return;
    var ended = drag;
    drag = null;
    over(null);
    if (!ended.ghost) { choose(ended.id, ended.isMore); return; }
    ended.ghost.remove();
    var group = groupUnder(event);
    if (group) askMove(group);
  });
  document.addEventListener("pointercancel", function () {
    if (drag && drag.ghost) drag.ghost.remove();
    drag = null;
    over(null);
  });

  function groupUnder(event) {
    var found = document.elementFromPoint(event.clientX, event.clientY);
    var button = found && found.closest("#groups .group");
    if (button) return button.getAttribute("data-id");
    var tile = found && found.closest(".tile");
    var there = tile && spots().find(function (one) { return one.id === tile.getAttribute("data-id"); });
    return there && !chosen.has(there.id) && there.groups.length === 1 ? there.groups[0] : null;
  }

  function over(group) {
    by("groups").querySelectorAll(".group").forEach(function (one) {
      one.classList.toggle("over", one.getAttribute("data-id") === group);
    });
  }

  // -- groups and what is chosen -------------------------------------------------------------

  function mark(group) {
    return drawn("svg", { class: "mark", viewBox: "-1.2 -1.2 2.4 2.4", "aria-hidden": true }, drawn("path", { d: data.marks[group.mark], fill: group.colour }));
  }

  function showGroups() {
    replace(by("groups"), picture.groups.map(function (group) {
      var made = element("button", { type: "button", class: "group", "data-id": group.id, onclick: function () { if (chosen.size) askMove(group.id); else chooseGroup(group.id); } }, [
        mark(group), element("span", {}, [group.name + " " + (isLocked(group.id) ? "■ " + words.locked + " " : ""), element("small", {}, worded("group_holds", { areas: group.areas, facilities: group.facilities }))])
      ]);
      made.style.borderColor = group.colour;
      return made;
    }));
  }

  var chosenGroup = ""; // the group of which all tiles were chosen at once
  function chooseGroup(id) {
    chosenGroup = id;
    chosen = new Set(picture.tiles.filter(function (tile) { return tile.groups.indexOf(id) >= 0; }).map(function (tile) { return tile.id; }));
    showMap(); showChosen();
  }

  function nameOf(id) {
    var found = picture.tiles.concat(picture.facilities, picture.groups).find(function (one) { return one.id === id; });
    return found ? found.name : id;
  }

  function facilitiesOf(ids) {
    return picture.facilities.filter(function (one) {
      return ids.has(one.id) || one.areas.some(function (area) { return ids.has(area); });
    });
  }

  function showChosen() {
    var place = by("chosen");
    var others = othersShown();
    if (!chosen.size && !chosenGroup && !others.length) { replace(place, []); return; }
    var ids = Array.from(chosen), toLock = chosenGroup ? ids.concat(chosenGroup) : ids;
    var isKept = toLock.every(isLocked);
    var names = toLock.length ? (chosenGroup ? [chosenGroup] : ids).map(nameOf) : others.map(function (one) { return one.name; });
    replace(place, [
      element("p", {}, element("b", {}, worded("chosen", { names: names.join(words.list_comma) }))),
      element("p", { class: "bar", hidden: !toLock.length }, [
        element("button", { type: "button", onclick: function () { askMove(); } }, words.move),
        element("button", { type: "button", onclick: function () { onPlan({ deed: "lock", ids: toLock, locked: !isKept }); } }, isKept ? words.unlock : words.lock)
      ]),
      element("ul", {}, facilitiesOf(chosen).map(function (one) {
        return element("li", {}, [
          one.name + " · " + [one.type, one.groups.map(nameOf).join(words.list_comma) || words.no_group, one.status === "open" ? "" : words["status_" + one.status] || one.status].filter(Boolean).join(" · ") + " ",
          deed(words.move_one, function () { chosen = new Set([one.id]); chosenGroup = ""; askMove(); }),
          deed(one.status === "open" ? words.suspend : words.reopen, function () { askFill(one, one.status === "open" ? "suspended" : "open"); }),
          deed(words.close, function () { askClose(one); }),
        ].concat(stating({ id: one.id, name: one.name, kind: "Facility" })));
      }).concat(others.map(function (one) { return element("li", {}, [one.name + " "].concat(stating(one))); })))
    ]);
  }

  // What is chosen or found beside facilities: areas, a group, centres, teams.
  function othersShown() {
    var found = searched.choice === chosen ? searched.ids : [];
    var ids = new Set(Array.from(chosen).concat(chosenGroup, found));
    return picture.ends.filter(function (one) { return ids.has(one.id) && one.kind !== "Facility"; });
  }

  // What can be stated of a node: a fact, and a link where any leads away from its kind.
  function stating(node) {
    return [
      deed(words.fill, function () { askFact(node); }),
      relationsOf(node.kind).length ? deed(words.add_link, function () { askLink(node); }) : ""
    ];
  }

  function deed(label, act) { return element("button", { type: "button", onclick: act }, label); }

  by("search").addEventListener("submit", function (event) { event.preventDefault(); });
  // Whatever is called so, has such a code, or is spelled so: areas, facilities, groups, centres, teams.
  function search(text) {
    var query = text.trim().toLowerCase();
    if (!query || !picture) return [];
    return picture.ends.filter(function (one) {
      return (one.name + " " + one.id + " " + (data.found_by[one.id] || "")).toLowerCase().indexOf(query) >= 0;
    });
  }

  by("query").addEventListener("input", function () {
    if (!by("query").value.trim()) return;
    var found = search(by("query").value);
    var ids = new Set(found.map(function (one) { return one.id; }));
    var shownHere = picture.tiles.concat(picture.facilities).filter(function (one) {
      return ids.has(one.id) || (one.groups || []).some(function (group) { return ids.has(group); });
    });
    chosenGroup = "";
    chosen = new Set(shownHere.slice(0, 40).map(function (one) { return one.id; }));
    searched = { choice: chosen, ids: found.slice(0, 40).map(function (one) { return one.id; }) };
    var names = found.slice(0, 8).map(function (one) { return one.name; }).join(words.list_comma);
    tell(worded("found", { count: found.length }) + (names ? words.colon + names : ""));
    showMap(); showChosen();
  });

  // -- questions before a change -------------------------------------------------------------

  function ask(title, fields, done) {
    by("asked").textContent = title;
    replace(by("fields"), fields);
    var dialog = by("asking");
    dialog.returnValue = "no";
    dialog.onclose = function () {
      if (dialog.returnValue === "yes") done();
    };
    dialog.showModal();
    var first = by("fields").querySelector("input, select");
    if (first) first.focus();
  }

  function field(label, input) { return element("label", {}, [label + " ", input]); }

  function dayField() { return element("input", { type: "date", id: "day" }); }

  function reasonField() { return element("input", { id: "reason", maxlength: 300 }); }

  // Why, and whether it is done or only proposed.
  function whyFields() {
    return [field(words.reason, reasonField()), element("label", { class: "check" }, [element("input", { type: "checkbox", id: "propose" }), " " + words.propose])];
  }

  function why() { return { reason: by("reason").value, proposed: by("propose").checked }; }

  function askMove(group) {
    var ids = Array.from(chosen);
    if (!ids.length) { tell(words.choose_first, true); return; }
    if (!picture.groups.length) { tell(words.no_group_there, true); return; }
    var list = element("fieldset", {}, [element("legend", {}, words.to_group)].concat(picture.groups.map(function (one, number) {
      return element("label", {}, [element("input", { type: "radio", name: "group", value: one.id, checked: one.id === group || (!group && !number) }), mark(one), one.name]);
    })));
    ask(worded("move_title", { names: ids.map(nameOf).join(words.list_comma) }), [list, field(words.from_day, dayField())].concat(whyFields()), function () {
      var to = list.querySelector(":checked").value;
      onPlan(Object.assign({ deed: "regroup", chosen: ids, to_group: to, on: by("day").value || null }, why())).then(function () { focusTile(focused); });
    });
  }

  function changeOne(one) { return onPlan(Object.assign({ deed: "change", changes: [one] }, why())); }

  function askFill(facility, status) {
    ask(worded("status_title", { name: facility.name, status: words["status_" + status] }), whyFields(), function () {
      changeOne({ change: "Fill", id: facility.id, column: "status", value: status });
    });
  }

  function askClose(facility) {
    ask(worded("close_title", { name: facility.name }), [field(words.from_day, dayField())].concat(whyFields()), function () {
      changeOne({ change: "End", id: facility.id, relation: null, target: null, on: by("day").value || null });
    });
  }

  // Where the value of a column of our tables is typed or chosen; `required` where it must not stay empty.
  function input(column, attributes, required) {
    var words = column.words.map(function (one) { return element("option", { value: one[0] }, one[1]); });
    if (words.length) return element("select", attributes, required ? words : [element("option", { value: "" }, "")].concat(words));
    var types = { integer: "number", number: "number", date: "date" };
    var typed = { type: types[column.type] || "text", maxlength: 200, required: required };
    if (column.type === "number") typed.step = "any";
    return element("input", Object.assign(typed, attributes));
  }

  function askFact(node) {
    var fillable = data.columns[node.kind];
    var columns = element("select", { id: "column" }, fillable.map(function (one) { return element("option", { value: one.column }, one.label); }));
    var value = element("span", {});
    function show() {
      var column = fillable.find(function (one) { return one.column === columns.value; });
      replace(value, input(column, { id: "value" }, true));
    }
    columns.addEventListener("change", show);
    show();
    ask(worded("fill_title", { name: node.name }), [field(words.column, columns), field(words.value, value)].concat(whyFields()), function () {
      changeOne({ change: "Fill", id: node.id, column: columns.value, value: by("value").value });
    });
  }

  function relationsOf(kind) { return data.relations.filter(function (one) { return one.from.indexOf(kind) >= 0; }); }

  function askLink(node) {
    var relations = element("select", { id: "relation" }, relationsOf(node.kind).map(function (one) { return element("option", { value: one.name }, one.label); }));
    var targets = element("select", { id: "target" });
    function show() {
      var kinds = data.relations.find(function (one) { return one.name === relations.value; }).to;
      replace(targets, picture.ends.filter(function (one) { return one.id !== node.id && kinds.indexOf(one.kind) >= 0; }).map(function (one) { return element("option", { value: one.id }, one.name); }));
    }
    relations.addEventListener("change", show);
    show();
    var inputs = data.link_columns.map(function (one) { return input(one, { name: one.column }, false); });
    var more = element("details", {}, [element("summary", {}, words.link_values)].concat(data.link_columns.map(function (one, number) { return field(one.label, inputs[number]); })));
    var isEnd = element("input", { type: "checkbox", id: "is_end" });
    isEnd.addEventListener("change", function () { more.hidden = isEnd.checked; });
    ask(worded("link_title", { name: node.name }), [field(words.relation, relations), field(words.to, targets), element("label", { class: "check" }, [isEnd, " " + words.end_link]), field(words.from_day, dayField()), more].concat(whyFields()), function () {
      var day = by("day").value || null;
      var one = isEnd.checked
        ? { change: "End", id: node.id, relation: relations.value, target: targets.value, on: day }
        : { change: "Link", source: node.id, relation: relations.value, target: targets.value, on: day, values: stated(inputs) };
      changeOne(one);
    });
  }

  // What was typed into these, by column; what stayed empty is not stated.
  function stated(inputs) {
    var found = {};
    inputs.forEach(function (one) {
      if (one.value) found[one.name] = one.type === "number" ? Number(one.value) : one.value;
    });
    return found;
  }

  function askDeclare(part) {
    ask(worded("declare_title", { part: part[1] }), whyFields(), function () {
      if (!by("who").value.trim()) { tell(words.who_first, true); by("who").focus(); return; }
      changeOne({ change: "Declare", part: part[0], by: by("who").value, on: null, state: "complete", clause: "" });
    });
  }

  function askName(title, name, done) {
    var input = element("input", { maxlength: 80, required: true, value: name });
    ask(title, [field(words.name, input)], function () { if (input.value.trim()) done(input.value); });
  }

  function askStore() {
    askName(words.store_title, state.plan.name, function (name) {
      post("/store", { plan: plan, name: name }).then(function (found) { tell(found.told); }).catch(failed);
    });
  }

  // -- what changes --------------------------------------------------------------------------

  var SIGNS = { better: "▲", worse: "▼", same: "＝", unclear: "？" };

  function row(cells, attributes) { return element("tr", attributes || {}, cells); }

  function cell(text, attributes) { return element("td", attributes || {}, text === null ? "–" : text); }

  // Above the columns of a table: first of texts, then of numbers, which stand at the right.
  function headed(texts, numbers) {
    var titles = texts.map(function (title) { return element("th", { scope: "col" }, title); });
    return element("thead", {}, row(titles.concat((numbers || []).map(function (title) { return element("th", { scope: "col", class: "n" }, title); }))));
  }

  function numbersTable(numbers) {
    return element("table", {}, [headed([words.item, words.before, words.after, ""]), element("tbody", {}, numbers.map(function (one) {
      return row([cell(one.label), cell(one.before), cell(one.after), cell(SIGNS[one.trend] + " " + words["trend_" + one.trend], { class: one.trend })], { class: one.trend === "same" ? "" : "changed-row", "data-key": one.key });
    }))]);
  }

  function pair(values, asShare) {
    function text(value) {
      if (value === null) return "–";
      return asShare ? (value > 0 ? "+" : "") + (value * 100).toFixed(1) + "%" : String(value);
    }
    return text(values[0]) === text(values[1]) ? text(values[0]) : text(values[0]) + " → " + text(values[1]);
  }

  function groupsTable(groups) {
    return element("table", {}, [headed([words.group], [words.areas, words.facilities, words.people, words.balance, words.parts]), element("tbody", {}, groups.map(function (one) {
      return row([cell(one.name), cell(pair(one.areas), { class: "n" }), cell(pair(one.facilities), { class: "n" }), cell(pair(one.population), { class: "n" }), cell(pair(one.balance, true), { class: "n" }), cell(pair(one.components), { class: "n" })], { "data-key": one.group });
    }))]);
  }

  function verdictsTable(counts) {
    return element("table", {}, [headed([words.verdict], [words.before, words.after]), element("tbody", {}, counts.map(function (one) {
      return row([cell(one.label), cell(one.before, { class: "n" }), cell(one.after, { class: "n" })], { "data-key": one.verdict, class: one.before === one.after ? "" : "changed-row" });
    }))]);
  }

  function showEffects() {
    if (!effects) {
      ["numbers", "consequences", "verdicts"].forEach(function (id) { replace(by(id), element("p", {}, words.begin_first)); });
      return;
    }
    replace(by("numbers"), [numbersTable(effects.numbers), element("h2", {}, words.groups), groupsTable(effects.groups)]);
    replace(by("consequences"), effects.consequences.length ? effects.consequences.map(function (one) {
      return element("details", { class: "one" }, [element("summary", {}, one.sentence + " " + worded("times", { count: one.count })), element("p", {}, one.members.join(words.list_comma))]);
    }) : element("p", {}, words.no_consequence));
    replace(by("verdicts"), [verdictsTable(effects.verdicts.counts)].concat(effects.verdicts.changed.map(function (one) {
      return element("details", { class: "one" }, [
        element("summary", {}, one.rule + " " + one.name + words.colon + said(one.before) + " → " + said(one.after)),
        element("p", {}, [one.statement || "", " ", one.after ? one.after.reason : ""])
      ]);
    })));
  }

  // what is wrong, as the report lists it; asked for when it is looked at
  function showFindings() {
    if (by("findings").hidden) return;
    get("/findings", plan ? { plan: plan } : {}).then(function (found) {
      replace(by("findings"), found.rows.length ? [
        element("p", { class: "hint" }, worded("findings_shown", { total: found.total, shown: found.rows.length })),
        element("ol", { class: "findings" }, found.rows.map(function (one) {
          return element("li", { class: one.severity, "data-subject": one.subjects[0] || "" }, [
            element("b", {}, one.number + " " + one.label + words.colon + one.place), " ", one.fault,
            element("p", { class: "hint" }, one.action)
          ]);
        }))
      ] : element("p", {}, words.no_finding));
    }).catch(function (problem) { tell(problem.message, true); });
  }

  function said(verdict) {
    if (!verdict) return "–";
    var bounds = verdict.worst !== verdict.best ? " [" + verdict.worst + " … " + verdict.best + "]" : "";
    return [verdict.label, verdict.count].filter(Boolean).join(" ") + bounds;
  }

  function localTime(text) {
    var moment = new Date(text);
    return isNaN(moment) ? text : moment.toLocaleString(data.lang === "zh" ? "zh-CN" : "en-GB");
  }

  function showSteps() {
    var turns = state.plan ? state.plan.turns : [];
    var conflicts = state.plan ? state.plan.conflicts : [];
    var waiting = state.plan ? state.plan.proposed : [];
    replace(by("steps"), [
      conflicts.length ? element("h2", {}, words.conflicts) : "",
      element("ul", { class: "conflicts" }, conflicts.map(function (one) { return element("li", {}, one.said + words.colon + one.reason); })),
      waiting.length ? element("h2", {}, words.proposed) : "",
      element("ul", { id: "proposed" }, waiting.map(function (one) {
        return element("li", { "data-number": one.number }, [one.said, element("br"), small(one), " ",
          element("button", { type: "button", class: "edits", onclick: function () { answerProposal(one, "accept"); } }, words.accept),
          element("button", { type: "button", class: "edits", onclick: function () { answerProposal(one, "refuse"); } }, words.refuse)]);
      })),
      element("ol", {}, turns.map(function (one) { return element("li", {}, [one.said, element("br"), small(one)]); })),
      turns.length ? "" : element("p", {}, words.no_step),
      element("h2", {}, words.declare),
      element("ul", {}, (state.plan ? state.plan.undeclared : data.undeclared).map(function (part) {
        return element("li", {}, [part[1] + " ", deed(words.declare_it, function () { askDeclare(part); })]);
      }))
    ]);
  }

  function small(turn) {
    return element("small", {}, [turn.by, turn.reason, localTime(turn.at)].filter(Boolean).join(" · "));
  }

  function answerProposal(one, deed) {
    var input = element("input", { id: "reason", maxlength: 300, required: deed === "refuse" });
    ask(worded(deed + "_title", { name: one.said }), [field(words.reason, input)], function () {
      onPlan({ deed: deed, number: one.number, reason: input.value });
    });
  }

  // -- tabs, bar, keys -----------------------------------------------------------------------

  var tabs = Array.prototype.slice.call(document.querySelectorAll("[role=tab]"));
  function openTab(tab) {
    tabs.forEach(function (one) {
      var isOpen = one === tab;
      one.setAttribute("aria-selected", String(isOpen));
      one.setAttribute("tabindex", isOpen ? 0 : -1);
      by(one.getAttribute("aria-controls")).hidden = !isOpen;
    });
    if (picture) showFindings();
  }
  // without a plan the findings, with one what it changes
  var hadPlan = null;
  function beginWithTab() {
    if (hadPlan === Boolean(plan)) return false;
    hadPlan = Boolean(plan);
    var first = hadPlan ? "numbers" : "findings";
    openTab(tabs.filter(function (tab) { return tab.getAttribute("aria-controls") === first; })[0]);
    return true;
  }
  tabs.forEach(function (tab, number) {
    tab.addEventListener("click", function () { openTab(tab); });
    tab.addEventListener("keydown", function (event) {
      var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      var next = tabs[(number + step + tabs.length) % tabs.length];
      openTab(next); next.focus();
    });
  });

  by("plan").addEventListener("change", function () { plan = by("plan").value; chosen = new Set(); chosenGroup = ""; look(); });
  by("begin").addEventListener("click", function () {
    askName(words.begin_title, worded("plan_number", { number: state.plans.length + 1 }), function (name) { act({ deed: "begin", name: name }); });
  });
  by("like").addEventListener("click", function () {
    askName(words.like_title, worded("copy_of", { name: state.plan.name }), function (name) { act({ deed: "begin", name: name, like: plan }); });
  });
  by("rename").addEventListener("click", function () {
    askName(words.rename_title, state.plan.name, function (name) { act({ deed: "rename", plan: plan, name: name }); });
  });
  by("carry").addEventListener("click", function () { act({ deed: "carry", plan: plan }); });
  by("undo").addEventListener("click", function () { onPlan({ deed: "undo" }); });
  by("redo").addEventListener("click", function () { onPlan({ deed: "redo" }); });
  by("lang").addEventListener("click", function () { location.href = "/?lang=" + (data.lang === "zh" ? "en" : "zh"); });
  by("leave").addEventListener("click", function () {
    asking.abort();  // what is still asked for would find nothing open
    post("/leave", {}).then(goToFirstPage, function (problem) {
      asking = new AbortController();
      return failed(problem);
    });
  });
  by("who").value = localStorage.getItem("medgraph-who") || "";
  by("who").addEventListener("change", function () { localStorage.setItem("medgraph-who", by("who").value); tellWhere(); });
  document.addEventListener("keydown", function (event) {
    var isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (isTyping || !(event.ctrlKey || event.metaKey)) return;
    if (event.key === "z") { event.preventDefault(); by("undo").click(); }
    if (event.key === "y") { event.preventDefault(); by("redo").click(); }
  });
  by("beside").addEventListener("click", function () {
    var list = element("fieldset", {}, [element("legend", {}, words.beside_which)].concat(state.plans.map(function (one, number) {
      return element("label", {}, [element("input", { type: "checkbox", value: one.id, checked: one.id === plan || number < 2 }), one.name]);
    })));
    ask(words.beside, [list], function () {
      var ids = Array.prototype.map.call(list.querySelectorAll(":checked"), function (one) { return one.value; });
      get("/compare", { plans: ids.join(",") }).then(showCompared, function (problem) { tell(problem.message, true); });
    });
  });

  function showCompared(found) {
    replace(by("compared"), found.plans.map(function (one) {
      return element("article", {}, [element("h2", {}, one.name), element("p", { class: "hint" }, worded("as_of", { day: one.day })), element("div", { class: "small" }, drawMap(one.picture, false)), numbersTable(one.effects.numbers), groupsTable(one.effects.groups), verdictsTable(one.effects.verdicts.counts)]);
    }));
    by("compared").hidden = false;
    by("compared").scrollIntoView();
  }

  // -- news, and who else looks ----------------------------------------------------------------

  // All tabs of a browser are one who looks.
  function nameOfBrowser() {
    var kept = localStorage.getItem("medgraph-browser") || randomName();
    localStorage.setItem("medgraph-browser", kept);
    return kept;
  }

  function randomName() {
    return Array.prototype.map.call(crypto.getRandomValues(new Uint8Array(12)), function (one) { return (one + 256).toString(16).slice(1); }).join("");
  }

  function tellWhere() {
    var here = { page: me, who: by("who").value, plan: state && state.plan ? state.plan.name : "", at: whereAt };
    if (JSON.stringify(here) === toldWhere) return;
    toldWhere = JSON.stringify(here);
    fetch("/here?lang=" + data.lang, { method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json", "X-Medgraph-Page": data.token }, body: toldWhere }).catch(function () { toldWhere = ""; });
  }

  function showOthers(others) {
    var told = others.map(function (one) {
      var at = [one.plan, one.at].filter(Boolean).join(" · ");
      return (one.who || words.somebody) + (at ? " (" + at + ")" : "");
    });
    by("others").textContent = told.length ? worded("also_here", { names: told.join(words.list_comma) }) : "";
  }

  function showNewer(isOutdated) {
    if (isOutdated && by("renew").hidden) tell(words.newer);
    by("renew").hidden = !isOutdated;
  }

  by("renew").addEventListener("click", function () {
    post("/renew", {}).then(function (found) { tell(found.accounted); return look(); }).catch(failed);
  });

  function goToFirstPage() { location.href = "/?lang=" + data.lang; }

  function show(view) {
    ["plan", "answers"].forEach(function (name) { by("view-" + name).setAttribute("aria-pressed", String(name === view)); });
    by("planning").hidden = view !== "plan";
    by("answers").hidden = view !== "answers";
    by("compared").hidden = true;
    at(view === "plan" ? "" : words.view_answers);
  }

  function at(where) { whereAt = where; tellWhere(); }

  by("view-plan").addEventListener("click", function () { show("plan"); });
  by("view-answers").addEventListener("click", function () { show("answers"); });

  // What the other scripts of this page work with.
  window.medgraph = {
    data: data, words: words, by: by, element: element, replace: replace, worded: worded, tell: tell, get: get, post: post, act: act, ask: ask, field: field, search: search, show: show, at: at,
    plan: function () { return plan; }, state: function () { return state; },
    watch: function (watcher) { watchers.push(watcher); if (state) watcher(state); }
  };

  document.body.classList.toggle("looking", !data.may_edit);
  var news = window.medgraphNews("/news?page=" + me);
  news.addEventListener("others", function (event) { showOthers(JSON.parse(event.data)); });
  news.addEventListener("edition", function (event) {
    var found = JSON.parse(event.data);
    if (!state) return;
    if (!found.length) goToFirstPage();  // it was closed in another tab
    else if (found[0] !== state.base) location.reload();
    else showNewer(found[1]);
  });
  news.onmessage = function (event) {
    if (state && Number(event.data) > state.version) look().catch(function () { /* the next news asks again */ });
  };
  var isLost = false;
  news.onerror = function () { isLost = true; tell(words.lost, true); };
  // Only what was said of the lost connection is taken back: another remark may stand there by now.
  news.onopen = function () {
    if (isLost) tell("");
    isLost = false;
    toldWhere = "";
    if (state) tellWhere();
  };

  look().catch(function (problem) { tell(problem.message, true); });
})();
