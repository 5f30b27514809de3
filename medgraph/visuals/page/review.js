/* The review of two lists: every entry in a table, both rows of the one that is chosen side by side, decided by mouse or
   by keys. All text from the data goes in as text. Runs in Chromium 86. */
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var words = data.words;
  var page = window.medgraphPage, by = page.by, element = page.element, replace = page.replace, worded = page.worded(words);
  var DRAWN = ["status", "confidence", "name", "target_name", "decision", "reason", "area", "target_area"];
  var PAIRED = ["name", "area", "type", "code", "address"];
  var OF_KEYS = { 1: "same", 2: "different", 3: "" };
  var review = null, table = null, current = -1;

  function tell(text, isBad) { by("said").textContent = text; by("said").className = isBad ? "bad" : ""; }

  function read(answer) {
    return answer.json().then(function (found) { if (!answer.ok) throw new Error(found.error); return found; });
  }

  function send(path, body, type) {
    document.body.classList.add("busy");
    var settled = function () { document.body.classList.remove("busy"); };
    var address = path + (path.indexOf("?") < 0 ? "?" : "&") + "lang=" + data.lang;
    return fetch(address, { method: "POST", credentials: "same-origin", headers: { "Content-Type": type || "application/json", "X-Medgraph-Page": data.token }, body: type ? body : JSON.stringify(body) })
      .then(read).then(function (found) { settled(); return found; }, function (problem) { settled(); tell(problem.message, true); throw problem; });
  }

  function ignore() { /* it was told */ }

  // -- all entries -----------------------------------------------------------------------------

  function look() {
    return fetch("/review?lang=" + data.lang, { credentials: "same-origin" }).then(read).then(show);
  }

  function show(found) {
    review = found;
    by("names").textContent = found.names.join(" — ");
    replace(by("counts"), found.notes.map(function (text) { return element("p", {}, text); }).concat([element("p", { class: "hint" }, found.definition)]));
    showDecided(found.decided);
    var chosen = by("class").value;
    replace(by("class"), [element("option", { value: "" }, words.every_class)].concat(found.classes.map(function (one) {
      return element("option", { value: one[0], selected: one[0] === chosen }, one[1]);
    })));
    table = window.medgraphTable({ columns: found.columns, total: found.rows, label: words.entries, words: words, tell: tell, drawn: DRAWN, pick: pick });
    replace(by("table"), table.element);
    table.box.addEventListener("keydown", byKey);
    requestAnimationFrame(narrow);
  }

  function showDecided(count) { by("decided").textContent = worded("decided", { count: count, name: review.file }); }

  function narrow() {
    table.narrowTo("status", by("class").value ? "=" + nameOf(review.classes, by("class").value) : "");
    table.narrowTo("decision", by("open-only").checked ? "=" : "");
  }

  function nameOf(list, word) {
    var found = list.find(function (one) { return one[0] === word; });
    return found ? found[1] : "";
  }

  // -- one entry -------------------------------------------------------------------------------

  function pick(row) {
    current = row;
    if (row < 0) { replace(by("side-by-side"), element("p", {}, words.nothing)); return; }
    var of = function (name) { return table.valueOf(name, row); };
    replace(by("side-by-side"), [
      element("h2", {}, of("status") + " · " + worded("sure", { count: Math.round(100 * of("confidence")) })),
      element("table", {}, [
        element("thead", {}, element("tr", {}, [element("th"), element("th", { scope: "col" }, "A"), element("th", { scope: "col" }, "B")]))
      ].concat(element("tbody", {}, PAIRED.concat("id").map(function (name) { return pair(name, of); }).filter(Boolean)))),
      line("reason", of), line("agrees", of), line("differs", of), line("change", of), line("others", of),
      element("p", { id: "stands" }, said(of)),
      data.may_edit ? deciding(of) : ""
    ]);
  }

  function heading(name) {
    var column = review.columns.find(function (one) { return one.name === name; });
    return column ? column.heading : "";
  }

  // Both values of a field; those that are not the same are marked.
  function pair(name, of) {
    var mine = of(name === "id" ? "source" : name), theirs = of(name === "id" ? "target" : "target_" + name);
    if (mine === "" && theirs === "") return null;
    var differ = name !== "id" && mine !== "" && theirs !== "" && mine !== theirs;
    return element("tr", { class: differ ? "changed-row" : "", "data-field": name }, [element("th", { scope: "row" }, words["field_" + name]), element("td", {}, mine), element("td", {}, theirs)]);
  }

  function line(name, of) {
    return of(name) === "" ? "" : element("p", { "data-field": name }, [element("b", {}, heading(name) + words.colon), of(name)]);
  }

  function said(of) {
    var parts = ["decision", "partner", "by", "date", "note"].map(of).filter(Boolean);
    return parts.length ? words.stands + parts.join(" · ") : words.open;
  }

  function deciding(of) {
    var partner = element("input", { id: "partner", maxlength: 300, autocomplete: "off", value: of("partner") });
    var note = element("input", { id: "note", maxlength: 300, autocomplete: "off", value: of("note") });
    return element("form", { id: "deciding", onsubmit: function (event) { event.preventDefault(); } }, [
      element("p", { class: "bar" }, ["same", "different", ""].map(function (word, number) {
        return button(word, String(number + 1) + " ");
      })),
      element("p", { class: "bar" }, review.decisions.map(function (one) { return one[0]; }).filter(function (word) { return fits(word, of); }).map(function (word) { return button(word, ""); })),
      element("label", {}, [words.partner, partner]),
      element("label", {}, [words.note, note])
    ]);
  }

  // The rarer decisions, where they can be: closed is said of A, new of B.
  function fits(word, of) {
    if (word === "merged" || word === "split") return true;
    return word === "closed" ? of("source") !== "" : word === "new" && of("target") !== "";
  }

  function button(word, before) {
    return element("button", { type: "button", "data-decision": word || "later", onclick: function () { decide(word); } }, before + (word ? nameOf(review.decisions, word) : words.later));
  }

  // Keep a decision and go on to the next entry; an empty one leaves the entry open.
  function decide(word) {
    var row = current;
    if (row < 0 || !data.may_edit) { if (row >= 0) tell(words.looking_only, true); return; }
    var partner = by("partner").value.trim(), note = by("note").value.trim(), who = by("who").value.trim();
    var had = table.valueOf("decision", row);
    if (!word && !had) { goOn(); return; }
    var values = { source: table.valueOf("source", row), target: table.valueOf("target", row), decision: word, partner: word ? partner : "", note: word ? note : "", who: who };
    send("/decide", values).then(function (found) {
      review.version = found.version;
      showDecided(found.decided);
      tell("");
      table.set("partner", row, values.partner);
      table.set("note", row, values.note);
      table.set("by", row, word ? who : "");
      table.set("date", row, word ? found.date : "");
      table.set("decision", row, word ? nameOf(review.decisions, word) : "");
      if (row === current) goOn();
    }, ignore);
  }

  function goOn() { table.next(); table.box.focus(); }

  function byKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target !== table.box) return;
    if (event.key in OF_KEYS) { event.preventDefault(); decide(OF_KEYS[event.key]); }
    if (event.key === "Enter" && by("partner")) { event.preventDefault(); by("partner").focus(); }
  }

  // -- both become one -------------------------------------------------------------------------

  function showJoined(found) {
    var place = by("joined");
    place.hidden = false;
    replace(place, [
      element("h2", {}, worded("joined", { name: found.name, count: found.facilities })),
      element("div", {}, found.notes.map(function (text) { return element("p", {}, text); })),
      element("p", { class: "bar" }, element("button", { type: "button", id: "open", onclick: function () { openBoard(found.name); } }, words.open_joined)),
      found.rows ? window.medgraphTable({ columns: found.columns, total: found.rows, label: words.conflicts, words: words, tell: tell }).element : ""
    ]);
    by("open").focus();
  }

  function openBoard(name) { send("/open", { name: name }).then(home, ignore); }

  function home() { location.href = "/?lang=" + data.lang; }

  by("class").addEventListener("change", narrow);
  by("open-only").addEventListener("change", narrow);
  by("again").addEventListener("click", function () { send("/review-again", {}).then(look).then(function () { tell(words.reviewed); }, ignore); });
  by("join").addEventListener("click", function () { send("/join", {}).then(function (found) { return look().then(function () { showJoined(found); }); }).catch(ignore); });
  by("leave").addEventListener("click", function () { send("/leave", {}).then(home, ignore); });
  by("lang").addEventListener("click", function () { location.href = "/?lang=" + (data.lang === "zh" ? "en" : "zh"); });
  by("filled").addEventListener("change", function () {
    var file = by("filled").files[0];
    if (file) send("/decisions?name=" + encodeURIComponent(file.name), file, "application/octet-stream").then(look).then(function () { tell(words.reviewed); }, ignore);
    by("filled").value = "";
  });
  by("workbook").href = "/review-file/workbook?lang=" + data.lang;
  by("kept").href = "/review-file/decisions?lang=" + data.lang;
  by("who").value = localStorage.getItem("medgraph-who") || "";
  by("who").addEventListener("change", function () { localStorage.setItem("medgraph-who", by("who").value); });
  document.body.classList.toggle("looking", !data.may_edit);

  var news = new EventSource("/news"), isLost = false;
  news.onmessage = function (event) {
    if (review && Number(event.data) > review.version) look().catch(home);
  };
  news.onerror = function () { isLost = true; tell(words.lost, true); };
  news.onopen = function () { if (isLost) tell(""); isLost = false; };
  look().catch(function (problem) { tell(problem.message, true); });
})();
