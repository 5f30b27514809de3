/* The answers of the board: every question as a form, its answer as a table of any length. All text
   from the data goes in as text. Runs in Chromium 86. */
(function () {
  "use strict";
  var board = window.medgraph, words = board.words, by = board.by, element = board.element, replace = board.replace, worded = board.worded;
  var ROW = 28; // pixels, as the style sheet has it
  var questions = null, maps = [], current = null;

  // -- what can be asked -----------------------------------------------------------------------

  function load() {
    if (questions) return Promise.resolve();
    return board.get("/forms").then(function (found) {
      questions = found.questions;
      maps = found.maps;
      showMaps();
      showQuestions(by("find-question").value);
      showAudits(found.packs);
    }, function (problem) { board.tell(problem.message, true); });
  }

  function showQuestions(text) {
    var query = text.trim().toLowerCase();
    var groups = {};
    questions.forEach(function (one) {
      if (query && (one.name + " " + one.about + " " + one.group).toLowerCase().indexOf(query) < 0) return;
      (groups[one.noun] = groups[one.noun] || { title: one.group, list: [] }).list.push(one);
    });
    replace(by("questions"), Object.keys(groups).map(function (noun) {
      return element("details", { open: Boolean(query) || noun === "coverage" }, [
        element("summary", {}, groups[noun].title),
        element("ul", {}, groups[noun].list.map(function (one) {
          return element("li", {}, element("button", { type: "button", "data-verb": one.name, title: one.name, onclick: function () { open(one, {}); } }, one.about));
        }))
      ]);
    }));
  }

  by("find").addEventListener("submit", function (event) { event.preventDefault(); });
  by("find-question").addEventListener("input", function () { if (questions) showQuestions(by("find-question").value); });
  by("view-answers").addEventListener("click", load);

  function ofWhat() {
    var state = board.state();
    return state && state.plan ? worded("of_plan", { name: state.plan.name }) : words.of_base;
  }

  function showPages(state) {
    var pages = state.plan ? state.plan.pages : [];
    by("kept").hidden = !pages.length;
    replace(by("pages"), pages.map(function (page) {
      return element("li", { class: "kept" }, [
        element("button", { type: "button", onclick: function () { openPage(page); } }, page.name),
        element("button", { type: "button", class: "edits", "aria-label": words.drop + " " + page.name, onclick: function () { board.act({ deed: "drop", plan: board.plan(), name: page.name }); } }, "×")
      ]);
    }));
  }

  function openPage(page) {
    load().then(function () {
      var question = questions.find(function (one) { return one.name === page.verb; });
      if (question) open(question, JSON.parse(page.given));
    });
  }

  function mapAddress(map, given) {
    return "/map/" + map.kind + "?" + new URLSearchParams({ plan: board.plan(), given: JSON.stringify(given), lang: board.data.lang });
  }

  // A map opens as it is; what more it can be given stands behind the button beside it.
  function showMaps() {
    replace(by("maps"), maps.map(function (map) {
      var ask = function () { openMap(map); };
      if (map.waits) return element("li", {}, element("button", { type: "button", "data-map": map.kind, onclick: ask }, map.about));
      return element("li", { class: "kept" }, [
        element("a", { href: mapAddress(map, {}), target: "_blank", rel: "noopener", "data-map": map.kind }, map.about),
        element("button", { type: "button", "data-options-of": map.kind, "aria-label": words.options + words.colon + map.about, title: words.options, onclick: ask }, "…")
      ]);
    }));
  }

  function showAudits(packs) {
    var fitting = new Set(board.state() ? board.state().packs : []);
    var list = element("fieldset", {}, [element("legend", {}, words.packs)].concat(packs.map(function (pack) {
      return element("label", {}, [element("input", { type: "checkbox", value: pack[0], checked: fitting.has(pack[0]) }), " " + pack[1]]);
    })));
    var basis = element("input", { type: "checkbox", id: "audit-basis" });
    function address(format) {
      var chosen = Array.prototype.map.call(list.querySelectorAll(":checked"), function (one) { return one.value; });
      if (!chosen.length) { board.tell(words.choose_pack, true); return null; }
      return "/audit?" + new URLSearchParams({ plan: board.plan(), packs: chosen.join(","), basis: basis.checked ? "explicit" : "", format: format, lang: board.data.lang });
    }
    function opened(format) {
      var to = address(format);
      if (to) window.open(to, "_blank", "noopener");
    }
    replace(by("audits"), [
      list, element("label", {}, [basis, " " + words.explicit]),
      element("p", { class: "bar" }, [
        element("button", { type: "button", id: "audit", onclick: function () { opened(""); } }, words.as_page),
        element("button", { type: "button", onclick: function () { opened("xlsx"); } }, words.excel)
      ])
    ]);
  }

  board.watch(function (state) { showPages(state); showMaps(); });

  // -- one question ----------------------------------------------------------------------------

  // The options of a question or map, behind its own those of all.
  function optionFields(one, given, ofAll) {
    var common = {
      as_of: function () { return labelled(words.as_of_day, element("input", { type: "date", name: "as_of", value: given.as_of || "" })); },
      area: function () { return labelled(words.area, element("input", { name: "area", maxlength: 12, value: given.area || "" })); },
      basis: function () { return checked(words.explicit, "basis", given.basis === "explicit"); }
    };
    return element("div", { class: "options" }, one.options.map(function (option) { return input(option, given[option.name]); })
      .concat(ofAll.map(function (name) { return common[name](); })));
  }

  function openMap(map) {
    current = { map: map };
    board.at(map.about);
    replace(by("question"), [
      element("h2", {}, map.about), optionFields(map, {}, map.of_all),
      element("p", { class: "bar" }, element("button", { type: "submit", id: "draw" }, words.draw))
    ]);
    replace(by("answer"), []);
  }

  // A browser may keep what opens by itself from opening: the link stays.
  function draw() {
    var asked = current;
    given().then(function (values) {
      if (asked !== current) return;
      var link = element("a", { class: "button", id: "drawn", href: mapAddress(asked.map, values), target: "_blank", rel: "noopener" }, words.open_map);
      replace(by("answer"), link);
      link.click();
    }).catch(function (problem) {
      if (asked === current) replace(by("answer"), element("p", { class: "worse", role: "alert" }, problem.message));
    });
  }

  function open(question, given) {
    current = { question: question, given: given };
    board.show("answers");
    board.at(question.about);
    var subject = question.subject ? [labelled(words.subject, subjectInput(given.subject || ""))] : [];
    var isAskedAtOnce = !question.waits || Object.keys(given).length > 0;
    replace(by("question"), [
      element("h2", {}, question.about),
      element("div", { class: "options" }, subject),
      element("details", { open: !isAskedAtOnce }, [
        element("summary", {}, words.options),
        optionFields(question, given, ["as_of", "area", "basis"])
      ]),
      element("p", { class: "bar" }, [
        element("button", { type: "submit", id: "ask" }, words.ask),
        question.noun === "propose" ? element("button", { type: "button", id: "adopt", class: "edits", onclick: adopt }, words.adopt) : "",
        element("button", { type: "button", id: "keep", class: "edits", onclick: keep }, words.keep)
      ])
    ]);
    replace(by("answer"), []);
    if (isAskedAtOnce) answer();
  }

  function labelled(label, made) { return element("label", {}, [label, made]); }

  function checked(label, name, isOn) {
    return element("label", {}, [element("input", { type: "checkbox", name: name, checked: isOn }), " " + label]);
  }

  function subjectInput(value) {
    var list = element("datalist", { id: "subjects" });
    var made = element("input", { name: "subject", list: "subjects", required: true, autocomplete: "off", value: value });
    made.addEventListener("input", function () {
      replace(list, board.search(made.value).filter(function (one) { return one.kind === "Facility"; }).slice(0, 30).map(function (one) {
        return element("option", { value: one.id }, one.name);
      }));
    });
    return element("span", {}, [made, list]);
  }

  // An input for an option; what is in it is read by `given`.
  function input(option, value) {
    var label = option.about;
    if (option.kind === "flag") return checked(label, option.name, value === true);
    if (option.kind === "file") {
      var made = element("input", { type: "file", name: option.name, multiple: option.several });
      made.keys = [].concat(value || []);
      made.holds = option.holds;
      made.addEventListener("change", function () { made.keys = null; });
      return labelled(label, made);
    }
    if (option.choices.length && option.several) {
      var chosen = new Set(value || []);
      return element("fieldset", { "data-several": option.name }, [element("legend", {}, label)].concat(option.choices.map(function (word) {
        return element("label", {}, [element("input", { type: "checkbox", value: word, checked: chosen.has(word) }), " " + word]);
      })));
    }
    if (option.choices.length) {
      return labelled(label, element("select", { name: option.name }, [element("option", { value: "" }, words.any)].concat(option.choices.map(function (word) {
        return element("option", { value: word, selected: word === value }, word);
      }))));
    }
    if (option.several) {
      var lines = element("textarea", { name: option.name, rows: 2, "data-lines": true });
      lines.value = [].concat(value || []).join("\n");
      return labelled(label + " (" + words.one_a_line + ")", lines);
    }
    if (option.kind === "day") return labelled(label, element("input", { type: "date", name: option.name, value: value || "" }));
    var isNumber = option.kind === "number" || option.kind === "whole_number" || option.kind === "whole";
    return labelled(label, element("input", { name: option.name, inputmode: isNumber ? "decimal" : "text", maxlength: 300, value: value === undefined ? "" : value }));
  }

  // What the form says, as the server reads it; files are sent first, each for a key.
  function given() {
    var form = by("question"), found = {}, sending = [];
    form.querySelectorAll("[name]").forEach(function (one) {
      var name = one.getAttribute("name");
      if (name === "basis") { if (one.checked) found.basis = "explicit"; }
      else if (one.type === "checkbox") { if (one.checked) found[name] = true; }
      else if (one.type === "file") {
        if (one.keys) { if (one.keys.length) found[name] = one.keys; return; }
        sending.push(Promise.all(Array.prototype.map.call(one.files, function (file) { return send(file, one.holds); })).then(function (keys) { one.keys = keys; if (keys.length) found[name] = keys; }));
      }
      else if (one.hasAttribute("data-lines")) {
        var lines = one.value.split("\n").map(function (line) { return line.trim(); }).filter(Boolean);
        if (lines.length) found[name] = lines;
      }
      else if (one.value.trim()) found[name] = one.value.trim();
    });
    form.querySelectorAll("[data-several]").forEach(function (set) {
      var values = Array.prototype.map.call(set.querySelectorAll(":checked"), function (one) { return one.value; });
      if (values.length) found[set.getAttribute("data-several")] = values;
    });
    return Promise.all(sending).then(function () { return found; });
  }

  function send(file, holds) {
    return fetch("/option-file?" + new URLSearchParams({ lang: board.data.lang, name: file.name, kind: holds }), { method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/octet-stream", "X-Medgraph-Page": board.data.token }, body: file })
      .then(function (answer) { return answer.json().then(function (found) { if (!answer.ok) throw new Error(found.error); return found.key; }); });
  }

  by("question").addEventListener("submit", function (event) { event.preventDefault(); if (current.map) draw(); else answer(); });

  function answer() {
    var asked = current;
    var search = asked.question.noun === "propose" ? watched() : { key: "", over: function () {} };
    given().then(function (values) {
      asked.given = values;
      return board.get("/ask", { verb: asked.question.name, plan: board.plan(), given: JSON.stringify(values), search: search.key });
    }).then(function (found) { search.over(); if (asked === current) showAnswer(found); }, function (problem) {
      search.over();
      if (asked === current) replace(by("answer"), element("p", { class: "worse", role: "alert" }, problem.message));
    });
    if (!search.key) replace(by("answer"), element("p", {}, words.asking));
  }

  // A search that may take long: the best so far, and a button that ends it there.
  function watched() {
    var key = String(Date.now()) + Math.random(), said = element("p", { id: "so_far", role: "status" }, words.asking);
    var end = element("button", { type: "button", id: "end_search", onclick: function () { end.disabled = true; board.post("/end", { search: key }); } }, words.end_search);
    replace(by("answer"), [said, end]);
    var timer = setInterval(function () {
      board.get("/said", { search: key }).then(function (found) { if (found.said) replace(said, found.said); }, function () {});
    }, 1000);
    return { key: key, over: function () { clearInterval(timer); } };
  }

  // What is proposed becomes a plan of its own, which is shown then.
  function adopt() {
    var name = element("input", { maxlength: 80, required: true, value: current.question.about.slice(0, 80) });
    board.ask(words.adopt_title, [board.field(words.name, name)], function () {
      given().then(function (values) {
        return board.act({ deed: "adopt", plan: board.plan(), name: name.value, verb: current.question.name, given: JSON.stringify(values) });
      }).then(function () { board.show("plan"); }).catch(function (problem) { board.tell(problem.message, true); });
    });
  }

  function keep() {
    var name = element("input", { maxlength: 80, required: true, value: current.question.about.slice(0, 80) });
    board.ask(words.keep_title, [board.field(words.name, name)], function () {
      given().then(function (values) {
        if (!board.plan()) { board.tell(words.begin_first, true); return; }
        board.act({ deed: "keep", plan: board.plan(), name: name.value, verb: current.question.name, given: JSON.stringify(values) });
      }).catch(function (problem) { board.tell(problem.message, true); });
    });
  }

  // -- its answer ------------------------------------------------------------------------------

  function showAnswer(found) {
    replace(by("answer"), [
      element("div", { class: "answered", "data-query": found.query }, [
        element("p", {}, found.stamps.map(function (stamp) { return element("b", {}, stamp); }).concat([ofWhat() + words.colon + found.asked])),
        element("p", { id: "accounted" }, found.accounted),
        found.definition ? element("p", { class: "hint" }, found.definition) : "",
        element("div", {}, found.needs.concat(found.notes).map(function (text) { return element("p", { class: "hint" }, text); }))
      ]),
      found.columns.length ? tableOf(found) : ""
    ]);
  }

  function tableOf(found) {
    var table = window.medgraphTable({ columns: found.columns, total: found.rows, label: found.asked, words: words, tell: board.tell, bar: [element("button", { type: "button", id: "excel", onclick: excel }, words.excel)] });

    function excel() {
      var wanted = { verb: current.question.name, plan: board.plan(), given: JSON.stringify(current.given), rows: table.isWhole() ? null : Array.from(table.rows()) };
      fetch("/workbook?lang=" + board.data.lang, { method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json", "X-Medgraph-Page": board.data.token }, body: JSON.stringify(wanted) }).then(function (answer) {
        if (!answer.ok) return answer.json().then(function (found) { throw new Error(found.error); });
        return answer.blob().then(function (blob) {
          var link = element("a", { href: URL.createObjectURL(blob), download: wanted.verb + ".xlsx" });
          document.body.appendChild(link);
          link.click();
          link.remove();
          setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
        });
      }).catch(function (problem) { board.tell(problem.message, true); });
    }

    return table.element;
  }
})();
