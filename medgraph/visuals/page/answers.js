/* The answers of the board: every question as a form, its answer as a table of any length. All text
   from the data goes in as text. Runs in Chromium 86. */
(function () {
  "use strict";
  var board = window.medgraph, words = board.words, by = board.by, element = board.element, replace = board.replace, worded = board.worded;
  var ROW = 28; // pixels, as the style sheet has it
  var questions = null, current = null;

  // -- what can be asked -----------------------------------------------------------------------

  function load() {
    if (questions) return Promise.resolve();
    return board.get("/forms").then(function (found) {
      questions = found.questions;
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

  function showMaps() {
    var plan = encodeURIComponent(board.plan());
    replace(by("maps"), board.data.maps.map(function (map) {
      var address = "/map/" + map[0] + "?plan=" + plan + "&lang=" + board.data.lang;
      return element("li", {}, element("a", { href: address, target: "_blank", rel: "noopener", "data-map": map[0] }, map[1]));
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

  function open(question, given) {
    current = { question: question, given: given };
    board.show("answers");
    board.at(question.about);
    var own = question.options.map(function (option) { return input(option, given[option.name]); });
    var subject = question.subject ? [labelled(words.subject, subjectInput(given.subject || ""))] : [];
    var isAskedAtOnce = !question.subject && question.noun !== "propose" || Object.keys(given).length > 0;
    replace(by("question"), [
      element("h2", {}, question.about),
      element("div", { class: "options" }, subject),
      element("details", { open: !isAskedAtOnce }, [
        element("summary", {}, words.options),
        element("div", { class: "options" }, own.concat([
          labelled(words.as_of_day, element("input", { type: "date", name: "as_of", value: given.as_of || "" })),
          labelled(words.area, element("input", { name: "area", maxlength: 12, value: given.area || "" })),
          checked(words.explicit, "basis", given.basis === "explicit")
        ]))
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
        sending.push(Promise.all(Array.prototype.map.call(one.files, send)).then(function (keys) { one.keys = keys; if (keys.length) found[name] = keys; }));
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

  function send(file) {
    return fetch("/option-file?lang=" + board.data.lang + "&name=" + encodeURIComponent(file.name), { method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/octet-stream", "X-Medgraph-Page": board.data.token }, body: file })
      .then(function (answer) { return answer.json().then(function (found) { if (!answer.ok) throw new Error(found.error); return found.key; }); });
  }

  by("question").addEventListener("submit", function (event) { event.preventDefault(); answer(); });

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

  function shownText(value) {
    return typeof value === "number" && !Number.isInteger(value) ? String(Number(value.toPrecision(4))) : String(value);
  }

  // A text that a spreadsheet would take for a formula gets an apostrophe before it.
  function noFormula(value) {
    var text = typeof value === "number" ? String(value) : value.replace(/[\t\r\n]+/g, " ");
    return typeof value !== "number" && /^\s*[=+\-@＝＋－＠]/.test(text) ? "'" + text : text;
  }

  function condition(column, text) {
    var found = /^(>=|<=|!=|>|<|=)\s*(.*)$/.exec(text);
    if (!found) {
      var part = text.toLowerCase();
      return function (value) { return shownText(value).toLowerCase().indexOf(part) >= 0; };
    }
    var sign = found[1], limit = column.is_number ? Number(found[2]) : found[2];
    var compare = {
      ">": function (value) { return value > limit; }, "<": function (value) { return value < limit; },
      ">=": function (value) { return value >= limit; }, "<=": function (value) { return value <= limit; },
      "=": function (value) { return String(value) === String(limit); }, "!=": function (value) { return String(value) !== String(limit); }
    }[sign];
    return function (value) { return value !== "" && compare(value); };
  }

  function width(column) {
    var longest = column.heading.length + 3, step = Math.max(1, Math.floor(column.values.length / 200));
    for (var i = 0; i < column.values.length; i += step) longest = Math.max(longest, wide(shownText(column.values[i])));
    return Math.round(Math.min(longest, 26) * 15 + 16);
  }

  function wide(text) { return text.length * (/[^\x00-\xff]/.test(text) ? 1 : 0.6); }

  function tableOf(found) {
    var columns = found.columns, total = found.rows;
    var order = new Uint32Array(total);
    for (var i = 0; i < total; i++) order[i] = i;
    var shown = order, sorted = -1, isDown = false, filters = {}, pool = [], first = -1;
    var count = element("span", { id: "shown" });
    var above = element("td", { colspan: columns.length }), below = element("td", { colspan: columns.length });
    var body = element("tbody"), headings = [];

    // By counting: the place of each value in its order came with it. What is empty stays last.
    function sortBy(number) {
      isDown = sorted === number && !isDown;
      sorted = number;
      var column = columns[number], most = column.values.length;
      var full = most && column.values[most - 1] === "" ? most - 1 : most;
      var rank = function (row) {
        var place = column.places[row];
        return isDown && place < full ? full - 1 - place : place;
      };
      var starts = new Uint32Array(most + 1), next = new Uint32Array(total);
      for (var i = 0; i < total; i++) starts[rank(order[i]) + 1]++;
      for (i = 0; i < most; i++) starts[i + 1] += starts[i];
      for (i = 0; i < total; i++) next[starts[rank(order[i])]++] = order[i];
      order = next;
      headings.forEach(function (one, at) {
        one.setAttribute("aria-sort", at !== sorted ? "none" : isDown ? "descending" : "ascending");
        one.querySelector("span").textContent = at !== sorted ? "" : isDown ? " ▼" : " ▲";
      });
      narrow();
    }

    function narrow() {
      var tests = Object.keys(filters).map(function (number) {
        var column = columns[number], holds = condition(column, filters[number]);
        return { places: column.places, mask: Uint8Array.from(column.values, function (value) { return holds(value) ? 1 : 0; }) };
      });
      shown = tests.length ? order.filter(function (row) { return tests.every(function (test) { return test.mask[test.places[row]]; }); }) : order;
      count.textContent = worded("rows", { shown: shown.length, total: total });
      table.setAttribute("aria-rowcount", shown.length + 1);
      first = -1;
      box.scrollTop = 0;
      draw();
    }

    function draw() {
      var some = Math.ceil((box.clientHeight || 600) / ROW) + 8;
      var start = Math.max(0, Math.min(Math.floor(box.scrollTop / ROW) - 4, shown.length - some));
      if (start === first && pool.length >= Math.min(some, shown.length)) return;
      first = start;
      while (pool.length < some) {
        var cells = columns.map(function (column) { return element("td", { class: column.is_number ? "n" : "" }, ""); });
        pool.push({ row: element("tr", { class: "row" }, cells), cells: cells });
        body.insertBefore(pool[pool.length - 1].row, below.parentNode);
      }
      pool.forEach(function (line, number) {
        var at = start + number, isShown = at < shown.length;
        line.row.hidden = !isShown;
        if (!isShown) return;
        line.row.setAttribute("aria-rowindex", at + 2);
        columns.forEach(function (column, place) {
          var text = shownText(column.values[column.places[shown[at]]]);
          line.cells[place].textContent = text;
          line.cells[place].title = text;
        });
      });
      above.style.height = start * ROW + "px";
      below.style.height = Math.max(0, shown.length - start - pool.length) * ROW + "px";
    }

    function text() {
      var lines = [columns.map(function (column) { return noFormula(column.heading); }).join("\t")];
      shown.forEach(function (row) {
        lines.push(columns.map(function (column) { return noFormula(column.values[column.places[row]]); }).join("\t"));
      });
      return lines.join("\n");
    }

    function copy() {
      var done = function () { board.tell(worded("copied", { count: shown.length })); };
      if (navigator.clipboard) { navigator.clipboard.writeText(text()).then(done, byHand); return; }
      byHand();
      function byHand() {
        var area = element("textarea");
        area.value = text();
        document.body.appendChild(area);
        area.select();
        document.execCommand("copy");
        area.remove();
        done();
      }
    }

    function excel() {
      var isWhole = shown === order && sorted < 0;
      var wanted = { verb: current.question.name, plan: board.plan(), given: JSON.stringify(current.given), rows: isWhole ? null : Array.from(shown) };
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

    headings = columns.map(function (column, number) {
      var narrowing = element("input", { type: "search", "aria-label": words.narrow + " " + column.heading, title: words.narrow, autocomplete: "off" });
      narrowing.addEventListener("input", function () {
        if (narrowing.value.trim()) filters[number] = narrowing.value.trim();
        else delete filters[number];
        narrow();
      });
      return element("th", { scope: "col", "aria-sort": "none", "data-column": column.name }, [
        element("button", { type: "button", title: worded("sort", { name: column.heading }), onclick: function () { sortBy(number); } }, [column.heading, element("span")]), narrowing
      ]);
    });
    var widths = columns.map(width);
    var cols = columns.map(function (column, number) {
      var made = element("col");
      made.style.width = widths[number] + "px";
      return made;
    });
    body.appendChild(element("tr", { class: "room", "aria-hidden": "true" }, above));
    body.appendChild(element("tr", { class: "room", "aria-hidden": "true" }, below));
    var table = element("table", {}, [element("colgroup", {}, cols), element("thead", {}, element("tr", {}, headings)), body]);
    table.style.width = widths.reduce(function (sum, one) { return sum + one; }, 0) + "px";
    var box = element("div", { class: "rows", tabindex: 0, role: "region", "aria-label": found.asked }, table);
    var isWaiting = false;
    box.addEventListener("scroll", function () {
      if (isWaiting) return;
      isWaiting = true;
      requestAnimationFrame(function () { isWaiting = false; draw(); });
    });
    requestAnimationFrame(narrow);
    return element("div", {}, [
      element("p", { class: "bar" }, [
        count,
        element("button", { type: "button", id: "copy", onclick: copy }, words.copy),
        element("button", { type: "button", id: "excel", onclick: excel }, words.excel)
      ]),
      box
    ]);
  }
})();
